import 'server-only'
import { graphql } from '#generated/gql.ts'

export const signUpMutation = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) { email }
  }
`)

export const signInMutation = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }
      challenge { token }
    }
  }
`)

export const completeSignInMutation = graphql(`
  mutation CompleteSignIn($input: CompleteSignInInput!) {
    completeSignIn(input: $input) {
      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }
    }
  }
`)

export const signOutMutation = graphql(`
  mutation SignOut($input: SignOutInput!) {
    signOut(input: $input) { signedOut }
  }
`)
