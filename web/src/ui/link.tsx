'use client'

// Next's Link is a plain function on the server and cannot be handed to Mantine's `component`; a client module can.
import NextLink from 'next/link'

export const Link = NextLink
