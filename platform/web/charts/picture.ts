/** A chart as a picture to put into a text: white ground, its title above, its source and time below. */
import { init } from 'echarts/core'
import { lightColours } from '../look/theme.tsx'
import { saveFile } from '../page/csv.ts'
import type { ChartOption } from './engine.tsx'

const WIDTH = 1200
const MARGIN = 24
const TITLE_HEIGHT = 64
const SOURCE_HEIGHT = 40
/** Sharp in print. */
const SCALE = 2

export interface Picture {
  readonly title: string
  readonly source: string
  readonly heightPixels: number
  /** In the colours of paper. */
  readonly option: ChartOption
}

export async function savePicture({ title, source, heightPixels, option }: Picture): Promise<void> {
  const [width, height] = [WIDTH + 2 * MARGIN, heightPixels + TITLE_HEIGHT + SOURCE_HEIGHT]
  const canvas = document.createElement('canvas')
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  const pen = canvas.getContext('2d')
  if (!pen) return
  const font = getComputedStyle(document.body).fontFamily
  pen.scale(SCALE, SCALE)
  pen.fillStyle = lightColours.panel
  pen.fillRect(0, 0, width, height)
  pen.drawImage(await drawn(option, WIDTH, heightPixels, font), MARGIN, TITLE_HEIGHT, WIDTH, heightPixels)
  pen.fillStyle = lightColours.ink
  pen.font = `600 20px ${font}`
  pen.fillText(title, MARGIN, 40, WIDTH)
  pen.fillStyle = lightColours.muted
  pen.font = `13px ${font}`
  pen.fillText(source, MARGIN, height - 14, WIDTH)
  const blob = await new Promise<Blob | null>((tell) => canvas.toBlob(tell, 'image/png'))
  if (blob) saveFile(`${title}.png`, 'image/png', blob)
}

async function drawn(option: ChartOption, width: number, height: number, font: string): Promise<HTMLImageElement> {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption({ ...option, animation: false, textStyle: { ...(option['textStyle'] as object), fontFamily: font } })
  const svg = chart.renderToSVGString()
  chart.dispose()
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  return image
}
