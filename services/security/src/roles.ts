import { type AppError, conflict, notFound } from '@neotool/kit/errors'
import { id } from '@neotool/kit/input'
import { z } from 'zod'
import type { Named } from './named.ts'

export const roleId = id.brand<'RoleId'>()
export type RoleId = z.output<typeof roleId>

// The base roles that the first migration makes; later ones give them what a release brings.
export const ADMINISTRATOR = '00000000-0000-7000-8000-000000000001' as RoleId
export const MEMBER = '00000000-0000-7000-8000-000000000002' as RoleId

export const isBaseRole = (roleId: RoleId): boolean => roleId === ADMINISTRATOR || roleId === MEMBER

export type Role = Named<RoleId>

export const permissionName = z.string().max(200, 'must have at most 200 characters')
export type Permission = { readonly name: string; readonly description: string }

export const roleNotFound = (roleId: RoleId): AppError => notFound('ROLE_NOT_FOUND', `There is no role ${roleId}.`)

export const permissionNotFound = (): AppError =>
  notFound('PERMISSION_NOT_FOUND', 'There is no such permission; the query `permissions` lists them all.')

export const roleNameTaken = (name: string): AppError =>
  conflict('ROLE_NAME_TAKEN', `Another role is called ${name}.`, {
    fields: [{ path: 'name', message: 'is in use by another role' }],
  })
