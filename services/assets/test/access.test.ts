import { type AccessTable, ALL_PERMISSIONS, describeAccess } from '@neotool/testkit/access'
import { afterAll, beforeAll } from 'vitest'
import { type AssetsFixture, inputFor, startAssets } from './assets-fixture.ts'
import { aPicture } from './pictures.ts'

let fixture: AssetsFixture
beforeAll(async () => {
  fixture = await startAssets()
})
afterAll(() => fixture[Symbol.asyncDispose]())

/** A member's asset, for somebody who may do everything but what opens the assets of others. */
const foreignTo = (opening: string) => ({
  holding: ALL_PERMISSIONS.filter((name) => name !== opening),
  variables: async () => ({ input: { id: (await fixture.begin()).asset.id } }),
})

const TABLE: AccessTable = {
  // Whoever sees products sees their pictures, whoever added them.
  'Query.asset': { needs: 'assets:asset:view' },
  'Mutation.createAssetUpload': {
    needs: 'app:product:save',
    // Whoever saves the assets of others saves their own too.
    oneOf: ['assets:asset:view', 'assets:asset:save'],
    variables: { input: inputFor(aPicture()) },
  },
  'Mutation.confirmAssetUpload': { needs: 'assets:asset:view', foreign: foreignTo('assets:asset:save') },
  'Mutation.deleteAsset': { needs: 'assets:asset:view', foreign: foreignTo('assets:asset:delete') },
  Asset: { needs: 'assets:asset:view' },
  Product: { needs: 'assets:asset:view' },
}

describeAccess('assets', TABLE, () => ({ send: fixture.send, actorWith: fixture.issuer.actorWith }))
