/** Light and dark, both designed; follows the system unless the reader chose. Ant Design and the charts take their colours from here. */
import { App, ConfigProvider, type ThemeConfig, theme as antTheme } from 'antd'
import enGB from 'antd/locale/en_GB'
import zhCN from 'antd/locale/zh_CN'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useLanguage } from '../language.tsx'
import { usePhone } from '../page/phone.ts'

export type Look = 'system' | 'light' | 'dark'
const STORAGE_NAME = 'bihuan.look'

export interface Colours {
  readonly ink: string
  readonly muted: string
  readonly faint: string
  readonly line: string
  readonly ground: string
  readonly panel: string
  readonly brand: string
  readonly band: string
  readonly yellow: string
  readonly orange: string
  readonly red: string
  readonly green: string
  readonly grey: string
  readonly blue: string
  /** For series told apart by name and line style as well; colour-blind safe (after Okabe and Ito, 2008). */
  readonly series: readonly string[]
}

/** Also the colours of pictures: paper is white, whatever the screen is. */
export const lightColours: Colours = {
  ink: '#18262b',
  muted: '#566870',
  faint: '#73848b',
  line: '#dde4e7',
  ground: '#f5f7f8',
  panel: '#ffffff',
  brand: '#0f6e84',
  band: 'rgba(15, 110, 132, 0.14)',
  yellow: '#a87800',
  orange: '#c2560c',
  red: '#b3261e',
  green: '#24794a',
  grey: '#6d7a82',
  blue: '#1f64b4',
  series: ['#0f6e84', '#c2560c', '#5b4a9e', '#24794a', '#a3336b', '#806000', '#3a5f9e', '#6d7a82'],
}

const darkColours: Colours = {
  ink: '#e4ecef',
  muted: '#a3b3ba',
  faint: '#86979f',
  line: '#2a373d',
  ground: '#0f1518',
  panel: '#172024',
  brand: '#4fb3c8',
  band: 'rgba(79, 179, 200, 0.2)',
  yellow: '#efc24a',
  orange: '#ff9a56',
  red: '#ff7d73',
  green: '#5fcb8f',
  grey: '#93a1a9',
  blue: '#7db4ff',
  series: ['#4fb3c8', '#ff9a56', '#b5a6f2', '#5fcb8f', '#f08bbd', '#e0b84a', '#8fb4f0', '#93a1a9'],
}

interface Looks {
  readonly look: Look
  readonly dark: boolean
  readonly choose: (look: Look) => void
  /** A page that is always dark says so while it is open; the reader's choice comes back afterwards. */
  readonly insist: (dark: boolean) => void
}
const LookContext = createContext<Looks>({
  look: 'system',
  dark: false,
  choose: () => undefined,
  insist: () => undefined,
})
export const useLook = () => useContext(LookContext)

/** For pages that hang in a hall: dark, whatever the reader chose for the desk. */
export function useDarkHere(): void {
  const { insist } = useLook()
  useEffect(() => {
    insist(true)
    return () => insist(false)
  }, [insist])
}
export const useColours = (): Colours => (useLook().dark ? darkColours : lightColours)

const FONT_STACK =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif"

/** A thumb needs 44 pixels (WCAG 2.2, target size). */
const PHONE_CONTROL_PIXELS = 44

function themeOf(dark: boolean, phone: boolean, still: boolean): ThemeConfig {
  const colours = dark ? darkColours : lightColours
  return {
    algorithm: dark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#2b8fa6' : colours.brand,
      colorLink: colours.brand,
      colorInfo: colours.blue,
      colorSuccess: colours.green,
      colorWarning: colours.orange,
      colorError: colours.red,
      colorTextBase: colours.ink,
      colorBgBase: colours.panel,
      colorBgLayout: colours.ground,
      colorBgContainer: colours.panel,
      colorBorder: dark ? '#3a4a51' : '#c4ced3',
      colorBorderSecondary: colours.line,
      colorTextSecondary: colours.muted,
      colorTextTertiary: colours.muted,
      colorTextPlaceholder: colours.faint,
      borderRadius: 6,
      fontFamily: FONT_STACK,
      fontSize: phone ? 16 : 14,
      ...(phone ? { controlHeight: PHONE_CONTROL_PIXELS } : {}),
      motion: !still,
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.2s',
    },
    components: {
      Table: { headerBg: dark ? '#1c272c' : '#f0f4f5', cellPaddingBlock: 10, cellPaddingInline: 12 },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    },
  }
}

function stored(): Look {
  try {
    const look = localStorage.getItem(STORAGE_NAME)
    return look === 'light' || look === 'dark' ? look : 'system'
  } catch {
    return 'system'
  }
}

function useMedia(condition: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(condition).matches)
  useEffect(() => {
    const query = matchMedia(condition)
    const tell = () => setHolds(query.matches)
    query.addEventListener('change', tell)
    return () => query.removeEventListener('change', tell)
  }, [condition])
  return holds
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const { language } = useLanguage()
  const [look, setLook] = useState<Look>(stored)
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const phone = usePhone()
  const [insisted, insist] = useState(false)
  const dark = insisted || look === 'dark' || (look === 'system' && systemDark)
  useEffect(() => {
    document.documentElement.dataset['look'] = dark ? 'dark' : 'light'
  }, [dark])
  const choose = useCallback((next: Look) => {
    try {
      localStorage.setItem(STORAGE_NAME, next)
    } catch {
      // Kept for this visit only.
    }
    setLook(next)
  }, [])
  const value = useMemo(() => ({ look, dark, choose, insist }), [look, dark, choose])
  const theme = useMemo(() => themeOf(dark, phone, still), [dark, phone, still])
  return (
    <LookContext value={value}>
      <ConfigProvider theme={theme} locale={language === 'zh' ? zhCN : enGB} button={{ autoInsertSpace: false }}>
        <App message={{ duration: 4 }}>{children}</App>
      </ConfigProvider>
    </LookContext>
  )
}
