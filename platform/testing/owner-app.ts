/**
 * A small program for tests that end it in the middle of its work: owns the records in the directory of its first
 * argument, commits numbered rows without pause, and prints each number after its commit.
 */
import pino from 'pino'
import { openRecords } from '../records/records.ts'

const records = await openRecords({ directory: process.argv[2]!, log: pino({ level: 'silent' }) })
await records.ownerPool.query('create table if not exists public.kept (number bigint primary key)')
const answer = await records.ownerPool.query('select coalesce(max(number), 0) as last from public.kept')
process.stdout.write('ready\n')
for (let number = Number(answer.rows[0].last) + 1; ; number += 1) {
  await records.ownerPool.query('insert into public.kept values ($1)', [number])
  process.stdout.write(`${number}\n`)
}
