import { inTransaction, openDatabase } from '@neotool/kit/postgres'
import { runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { z } from 'zod'
import { loadConfig } from '../config.ts'
import { type CustomerStatus, newCustomer } from '../customer.ts'
import { customerStore as customers } from '../customer-store.ts'
import type { Tables } from '../database.ts'
import { newProduct } from '../product.ts'
import { productStore as products } from '../product-store.ts'

const CATALOGUE: readonly (readonly [name: string, sku: string, priceCents: number, stock: number])[] = [
  ['Walnut desk, 140 cm', 'DSK-WAL-140', 64900, 12],
  ['Oak desk, 160 cm', 'DSK-OAK-160', 71900, 7],
  ['Standing desk frame', 'DSK-STD-FRM', 38900, 24],
  ['Desk shelf, oak', 'DSK-SHF-OAK', 8900, 41],
  ['Cable tray, steel', 'DSK-CBL-STL', 2490, 120],
  ['Task chair, graphite', 'CHR-TSK-GRA', 42900, 18],
  ['Task chair, sand', 'CHR-TSK-SND', 42900, 9],
  ['Lounge chair, bouclé', 'CHR-LNG-BCL', 58900, 5],
  ['Stool, ash', 'CHR-STL-ASH', 12900, 33],
  ['Desk lamp, brass', 'LMP-DSK-BRS', 11900, 27],
  ['Desk lamp, white', 'LMP-DSK-WHT', 9900, 46],
  ['Floor lamp, arc', 'LMP-FLR-ARC', 24900, 8],
  ['LED bulb E27, warm', 'LMP-BLB-E27', 690, 480],
  ['Monitor arm, single', 'ACC-ARM-SNG', 9490, 52],
  ['Monitor arm, double', 'ACC-ARM-DBL', 15490, 21],
  ['Laptop stand, aluminium', 'ACC-STD-ALU', 4990, 88],
  ['Desk mat, felt', 'ACC-MAT-FLT', 3490, 140],
  ['Footrest, cork', 'ACC-FTR-CRK', 5990, 0],
  ['Notebook A5, dotted', 'STA-NTB-A5D', 1290, 310],
  ['Notebook A4, ruled', 'STA-NTB-A4R', 1590, 205],
  ['Fountain pen, fine', 'STA-PEN-FNE', 3990, 64],
  ['Pencil set, 12 pieces', 'STA-PCL-012', 990, 170],
  ['Wall planner, 2027', 'STA-PLN-027', 1890, 75],
  ['Storage box, linen', 'STO-BOX-LIN', 2290, 96],
  ['Drawer unit, three drawers', 'STO-DRW-003', 18900, 14],
  ['Bookcase, five shelves', 'STO-BKC-005', 32900, 6],
]

const CUSTOMERS: readonly (readonly [name: string, email: string, status: CustomerStatus])[] = [
  ['Ana Ribeiro', 'ana.ribeiro@customers.example', 'ACTIVE'],
  ['Benedikt Aigner', 'benedikt@customers.example', 'ACTIVE'],
  ['Chidi Okafor', 'chidi.okafor@customers.example', 'PENDING'],
  ['Dunja Horvat', 'dunja@customers.example', 'ACTIVE'],
  ['Eero Laine', 'eero.laine@customers.example', 'INACTIVE'],
  ['Fatima Zahra', 'fatima@customers.example', 'ACTIVE'],
  ['Grace Mbeki', 'grace.mbeki@customers.example', 'PENDING'],
  ['Haruto Sato', 'haruto@customers.example', 'ACTIVE'],
  ['Inês Carvalho', 'ines.carvalho@customers.example', 'ACTIVE'],
  ["John O'Neill", 'john.oneill@customers.example', 'INACTIVE'],
]

/** Puts a small catalogue and some customers into an empty database in the name of the user whose id is the argument; else changes nothing. */
runMain(async () => {
  const userId = z.uuid().parse(process.argv[2], { error: () => 'give the id of the user who adds them' })
  const { postgres } = loadConfig(process.env)
  const log = createLogger({ service: 'app', level: 'silent' })
  const database = openDatabase<Tables>({ url: postgres.url, service: 'app', log, metrics: createMetrics('app') })
  try {
    const created = await inTransaction(database, async (tx) => {
      if ((await products.count(tx, undefined)) > 0) return 0
      for (const [name, sku, priceCents, stock] of CATALOGUE) {
        await products.insert(tx, newProduct.parse({ name, sku, priceCents, stock }), userId)
      }
      for (const [name, email, status] of CUSTOMERS) {
        await customers.insert(tx, newCustomer.parse({ name, email, status }), userId)
      }
      return CATALOGUE.length + CUSTOMERS.length
    })
    console.log(JSON.stringify({ created }))
  } finally {
    await database.destroy()
  }
})
