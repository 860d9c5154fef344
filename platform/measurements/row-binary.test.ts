import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowBinaryWriter, uuidBytes } from './row-binary.ts'

test('texts of any kind and length read back, however small the memory began', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 60, maxLength: 300 }))),
      (texts) => {
        const writer = rowBinaryWriter(1)
        for (const text of texts) writer.text(text)
        const bytes = writer.written()
        let position = 0
        for (const text of texts) {
          let length = 0
          for (let shift = 1; ; shift *= 128) {
            const byte = bytes[position++]!
            length += (byte % 128) * shift
            if (byte < 128) break
          }
          expect(bytes.toString('utf8', position, position + length)).toBe(Buffer.from(text).toString())
          position += length
        }
        expect(position).toBe(bytes.length)
      },
    ),
  )
})

test('integers up to 2^53 and fractions are written little-endian', () => {
  const writer = rowBinaryWriter(1)
  const numbers = [0, 1, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]
  for (const number of numbers) writer.uint64(number)
  writer.float64(-1.5)
  const bytes = writer.written()
  for (const [index, number] of numbers.entries()) expect(bytes.readBigUInt64LE(index * 8)).toBe(BigInt(number))
  expect(bytes.readDoubleLE(numbers.length * 8)).toBe(-1.5)
})

test('a uuid is two reversed halves, and only a uuid is one', () => {
  const bytes = uuidBytes('00112233-4455-6677-8899-aabbccddeeff')
  expect(Buffer.from(bytes).toString('hex')).toBe('7766554433221100ffeeddccbbaa9988')
  expect(() => uuidBytes('not one')).toThrow(/uuid/)
})
