'use client'

// Next's Link is a plain function on the server and cannot be handed to Mantine's `component`; a client module can.
import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/** A link within the app. Not fetched ahead: every page is rendered for one person at one moment, by the services. */
export const Link = (props: ComponentProps<typeof NextLink>) => <NextLink prefetch={false} {...props} />
