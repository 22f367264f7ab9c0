import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { answerTable } from './sql.ts'

const printed = (answer: Parameters<typeof answerTable>[0]) => stripVTControlCharacters(answerTable(answer))

test('rows are a table in which null is told from nothing, and columns may share a name', () => {
  const answer = {
    command: 'SELECT',
    columns: ['d', 'd'],
    rows: [
      ['one', null],
      ['', '2'],
    ],
    rowCount: 2,
  }
  expect(printed(answer)).toBe('d    d\none  null\n     2\n2 rows')
})

test('a statement without columns tells what it did', () => {
  expect(printed({ command: 'UPDATE', columns: [], rows: [], rowCount: 3 })).toBe('UPDATE 3')
  expect(printed({ command: 'CREATE', columns: [], rows: [], rowCount: null })).toBe('CREATE')
})
