import { useEffect, useState } from 'react'

const PHONE = '(max-width: 767px)'

/** True on a screen as narrow as a phone's. */
export function usePhone(): boolean {
  const [phone, setPhone] = useState(() => matchMedia(PHONE).matches)
  useEffect(() => {
    const query = matchMedia(PHONE)
    const tell = () => setPhone(query.matches)
    query.addEventListener('change', tell)
    return () => query.removeEventListener('change', tell)
  }, [])
  return phone
}
