/** Made by `reference/make-chinese-holidays.ts`; change it there. */
export type HolidayName =
  | 'new-year'
  | 'spring-festival'
  | 'qingming'
  | 'labour-day'
  | 'dragon-boat'
  | 'mid-autumn'
  | 'national-day'

export interface HolidayYear {
  readonly year: number
  /** Number of the notice of the General Office of the State Council. */
  readonly notice: string
  /** Days off, `to` included. */
  readonly holidays: readonly { readonly from: string; readonly to: string; readonly name: HolidayName }[]
  /** Saturdays and Sundays that are worked (调休上班). */
  readonly makeUpWorkdays: readonly { readonly day: string; readonly name: HolidayName }[]
}

export const holidayYears: readonly HolidayYear[] = [
  {
    year: 2024,
    notice: '国办发明电〔2023〕7号',
    holidays: [
      { from: '2024-01-01', to: '2024-01-01', name: 'new-year' },
      { from: '2024-02-10', to: '2024-02-17', name: 'spring-festival' },
      { from: '2024-04-04', to: '2024-04-06', name: 'qingming' },
      { from: '2024-05-01', to: '2024-05-05', name: 'labour-day' },
      { from: '2024-06-10', to: '2024-06-10', name: 'dragon-boat' },
      { from: '2024-09-15', to: '2024-09-17', name: 'mid-autumn' },
      { from: '2024-10-01', to: '2024-10-07', name: 'national-day' },
    ],
    makeUpWorkdays: [
      { day: '2024-02-04', name: 'spring-festival' },
      { day: '2024-02-18', name: 'spring-festival' },
      { day: '2024-04-07', name: 'qingming' },
      { day: '2024-04-28', name: 'labour-day' },
      { day: '2024-05-11', name: 'labour-day' },
      { day: '2024-09-14', name: 'mid-autumn' },
      { day: '2024-09-29', name: 'national-day' },
      { day: '2024-10-12', name: 'national-day' },
    ],
  },
  {
    year: 2025,
    notice: '国办发明电〔2024〕12号',
    holidays: [
      { from: '2025-01-01', to: '2025-01-01', name: 'new-year' },
      { from: '2025-01-28', to: '2025-02-04', name: 'spring-festival' },
      { from: '2025-04-04', to: '2025-04-06', name: 'qingming' },
      { from: '2025-05-01', to: '2025-05-05', name: 'labour-day' },
      { from: '2025-05-31', to: '2025-06-02', name: 'dragon-boat' },
      { from: '2025-10-01', to: '2025-10-05', name: 'national-day' },
      { from: '2025-10-06', to: '2025-10-06', name: 'mid-autumn' },
      { from: '2025-10-07', to: '2025-10-08', name: 'national-day' },
    ],
    makeUpWorkdays: [
      { day: '2025-01-26', name: 'spring-festival' },
      { day: '2025-02-08', name: 'spring-festival' },
      { day: '2025-04-27', name: 'labour-day' },
      { day: '2025-09-28', name: 'national-day' },
      { day: '2025-10-11', name: 'national-day' },
    ],
  },
  {
    year: 2026,
    notice: '国办发明电〔2025〕7号',
    holidays: [
      { from: '2026-01-01', to: '2026-01-03', name: 'new-year' },
      { from: '2026-02-15', to: '2026-02-23', name: 'spring-festival' },
      { from: '2026-04-04', to: '2026-04-06', name: 'qingming' },
      { from: '2026-05-01', to: '2026-05-05', name: 'labour-day' },
      { from: '2026-06-19', to: '2026-06-21', name: 'dragon-boat' },
      { from: '2026-09-25', to: '2026-09-27', name: 'mid-autumn' },
      { from: '2026-10-01', to: '2026-10-07', name: 'national-day' },
    ],
    makeUpWorkdays: [
      { day: '2026-01-04', name: 'new-year' },
      { day: '2026-02-14', name: 'spring-festival' },
      { day: '2026-02-28', name: 'spring-festival' },
      { day: '2026-05-09', name: 'labour-day' },
      { day: '2026-09-20', name: 'national-day' },
      { day: '2026-10-10', name: 'national-day' },
    ],
  },
]
