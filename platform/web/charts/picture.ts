/** A chart as a picture to put into a text: white ground, its title above, its source and time below. */
import { init } from 'echarts/core'
import { lightColours } from '../look/theme.tsx'
import { saveFile } from '../page/csv.ts'
import type { LegendEntry } from './chart-frame.tsx'
import type { ChartOption } from './engine.tsx'

const WIDTH = 1200
const MARGIN = 24
const TITLE_HEIGHT = 84
const SOURCE_HEIGHT = 40
/** Sharp in print. */
const SCALE = 2

export interface Picture {
  readonly title: string
  readonly source: string
  readonly heightPixels: number
  /** Both in the colours of paper. */
  readonly legend: readonly LegendEntry[]
  readonly option: ChartOption
}

export async function savePicture({ title, source, heightPixels, legend, option }: Picture): Promise<void> {
  const [width, height] = [WIDTH + 2 * MARGIN, heightPixels + TITLE_HEIGHT + SOURCE_HEIGHT]
  const canvas = document.createElement('canvas')
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  const pen = canvas.getContext('2d')
  if (!pen) return
  // The names of fonts stand in an attribute of the drawing: double quotes would end it.
  const font = getComputedStyle(document.body).fontFamily.replaceAll('"', "'")
  pen.scale(SCALE, SCALE)
  pen.fillStyle = lightColours.panel
  pen.fillRect(0, 0, width, height)
  pen.drawImage(await drawn(option, WIDTH, heightPixels, font), MARGIN, TITLE_HEIGHT, WIDTH, heightPixels)
  pen.fillStyle = lightColours.ink
  pen.font = `600 20px ${font}`
  pen.fillText(title, MARGIN, 40, WIDTH)
  pen.fillStyle = lightColours.muted
  pen.font = `13px ${font}`
  drawLegend(pen, legend)
  pen.fillText(source, MARGIN, height - 14, WIDTH)
  const blob = await new Promise<Blob | null>((tell) => canvas.toBlob(tell, 'image/png'))
  if (blob) saveFile(`${title}.png`, 'image/png', blob)
}

const MARK_WIDTH = 18
const GAP = 18

/** Side by side below the title; what finds no room is left to the table. */
function drawLegend(pen: CanvasRenderingContext2D, legend: readonly LegendEntry[]): void {
  const ink = pen.fillStyle
  let left = MARGIN
  for (const { name, colour, mark } of legend) {
    const width = MARK_WIDTH + 6 + pen.measureText(name).width
    if (left + width > WIDTH) return
    pen.strokeStyle = colour
    pen.fillStyle = colour
    pen.lineWidth = 2
    pen.setLineDash(mark === 'dashed' ? [4, 3] : [])
    pen.beginPath()
    if (mark === 'line' || mark === 'dashed') {
      pen.moveTo(left, 64)
      pen.lineTo(left + MARK_WIDTH, 64)
      pen.stroke()
    } else if (mark === 'band') pen.fillRect(left, 60, MARK_WIDTH, 8)
    else {
      pen.arc(left + MARK_WIDTH / 2, 64, 4, 0, 2 * Math.PI)
      if (mark === 'ring') pen.stroke()
      else pen.fill()
    }
    pen.setLineDash([])
    pen.fillStyle = ink
    pen.fillText(name, left + MARK_WIDTH + 6, 68)
    left += width + GAP
  }
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
