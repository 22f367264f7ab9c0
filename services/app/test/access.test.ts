import { type AccessTable, describeAccess } from '@neotool/testkit/access'
import { afterAll, beforeAll } from 'vitest'
import { type AppFixture, startApp } from './app-fixture.ts'

const TABLE: AccessTable = {
  'Query.product': { needs: 'app:product:view' },
  'Query.products': { needs: 'app:product:view' },
  'Query.customer': { needs: 'app:customer:view' },
  'Query.customers': { needs: 'app:customer:view' },
  'Query.activity': { needs: 'app:product:view' },
  'Mutation.createProduct': { needs: 'app:product:save' },
  'Mutation.updateProduct': { needs: 'app:product:save' },
  'Mutation.deleteProduct': { needs: 'app:product:delete' },
  'Mutation.createCustomer': { needs: 'app:customer:save' },
  'Mutation.updateCustomer': { needs: 'app:customer:save' },
  'Mutation.deleteCustomer': { needs: 'app:customer:delete' },
  Product: { needs: 'app:product:view' },
  Customer: { needs: 'app:customer:view' },
}

let fixture: AppFixture
beforeAll(async () => {
  fixture = await startApp()
})
afterAll(() => fixture[Symbol.asyncDispose]())

describeAccess('app', TABLE, () => ({ send: fixture.send, actorWith: fixture.issuer.actorWith }))
