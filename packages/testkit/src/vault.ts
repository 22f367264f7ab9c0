import { startVaultServer, type VaultServer } from '@neotool/platform/test-vault'

export type TestVault = VaultServer

/** For hooks that start a Vault: where it is not built yet, that comes first. */
export const VAULT_TIMEOUT_MS = 1_800_000

/** An empty, unsealed Vault of one's own, for the few tests that need one. */
export const startTestVault = (): Promise<TestVault> => startVaultServer()
