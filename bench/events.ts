/* npm run bench:events: how many events a second, and how long one takes, beside the bare client of Kafka. */
import { startKafkaServer } from '@neotool/platform/test-kafka'
import { startDatabaseServers } from '@neotool/platform/test-servers'
import { measureBackbone } from './src/backbone.ts'
import { measureBareClient } from './src/bare-client.ts'
import { machineLine, markdownTable } from './src/machine.ts'
import type { Measured } from './src/measured.ts'

const load = { events: 20_000, batch: 500, paced: 1_000, everyMs: 20 }

await using servers = await startDatabaseServers()
await using kafka = await startKafkaServer()
const bare = await measureBareClient(kafka.bootstrapServers, load)
const backbone = await measureBackbone(servers, kafka.bootstrapServers, load)

const cells = ({ perSecond, p50Ms, p99Ms }: Measured) => [
  String(Math.round(perSecond)),
  `${p50Ms.toFixed(1)} ms`,
  `${p99Ms.toFixed(1)} ms`,
]
const ratios = (of: (measured: Measured) => number) => (of(backbone) / of(bare)).toFixed(2)
console.log(machineLine())
console.log(
  `${load.events} events in batches of ${load.batch}, then ${load.paced} one by one, one each ${load.everyMs} ms.\n`,
)
console.log(
  markdownTable([
    ['', 'events/s', 'p50', 'p99'],
    ['commit → relay → Kafka → effect', ...cells(backbone)],
    ['of it, commit → relay → Kafka', String(Math.round(backbone.publishedPerSecond)), '', ''],
    ['producer → Kafka → consumer', ...cells(bare)],
    ['ratio', ratios(({ perSecond }) => perSecond), ratios(({ p50Ms }) => p50Ms), ratios(({ p99Ms }) => p99Ms)],
  ]),
)
