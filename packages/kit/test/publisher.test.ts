import { randomUUID } from 'node:crypto'
import { productUpdatedV1 } from '@neotool/contracts/events/app-product'
import { createPublisher } from '@neotool/kit/events/kafka'
import { eventually } from '@neotool/testkit/eventually'
import { startBroker } from '@neotool/testkit/kafka'
import { describe, expect, it } from 'vitest'
import { startEvents } from './events-fixture.ts'

const message = () => ({ topic: productUpdatedV1.topic, key: randomUUID(), value: '{}' })

describe('a publisher', () => {
  it('gives up on a broker that is dead or stands still, and publishes again once it is back', async () => {
    await using server = await startBroker()
    const publisher = createPublisher({ brokers: [server.bootstrapServers], clientId: 'test' })
    const expectRefusal = () => expect(publisher.publish([message()])).rejects.toThrow()
    const untilPublished = () => eventually('publication', () => publisher.publish([message()]).then(() => true))
    // A broker that has just started may refuse the first.
    await untilPublished()
    await server.kill('SIGSTOP')
    await expectRefusal()
    await expectRefusal()
    await server.kill('SIGCONT')
    await untilPublished()
    await server.kill('SIGKILL')
    await expectRefusal()
    await expectRefusal()
    await server.restart()
    await untilPublished()
    await publisher.close()
  })
})

describe('a consumer', () => {
  it('gets its first event from a broker that never had a group', async () => {
    await using server = await startBroker()
    await using events = await startEvents(server.bootstrapServers)
    events.consumer()
    events.relay()
    const subject = randomUUID()
    await events.emit(subject, 1)
    await eventually(
      'the effect',
      () => events.effects(subject),
      ({ length }) => length === 1,
    )
  })
})
