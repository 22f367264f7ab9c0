const key = Buffer.alloc(32).toString('base64')

const databases = (service: string) => ({
  [`${service}_POSTGRES_URL`]: 'postgres://role:password@pgbouncer.neotool-data.svc.cluster.local:5432/database',
  [`${service}_POSTGRES_DIRECT_URL`]: 'postgres://role:password@postgres.neotool-data.svc.cluster.local:5432/database',
})

/** What `neotool secrets bootstrap` puts into Vault for each service, as far as its shape goes. */
export const secretSettings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  app: { ...databases('APP'), APP_PERSONAL_DATA_KEY: key },
  security: {
    ...databases('SECURITY'),
    SECURITY_PERSONAL_DATA_KEY: key,
    SECURITY_REFRESH_TOKEN_KEY: key,
    SECURITY_DATA_KEY: key,
    SECURITY_SMTP_URL: 'smtp://mail.example:587',
  },
  assistant: databases('ASSISTANT'),
  assets: { ...databases('ASSETS'), ASSETS_S3_ACCESS_KEY_ID: 'id', ASSETS_S3_SECRET_ACCESS_KEY: 'secret' },
}
