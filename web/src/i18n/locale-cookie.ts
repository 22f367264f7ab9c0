/** Where a chosen language is kept; without it the browser's languages decide. */
export const localeCookieName = ({ cookiePrefix }: { readonly cookiePrefix: string }): string =>
  `${cookiePrefix}_locale`
