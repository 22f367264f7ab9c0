import { Button, Container, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import {
  IconApi,
  IconArrowRight,
  IconGitMerge,
  IconHeartbeat,
  IconLockCheck,
  IconTestPipe,
  IconUserShield,
} from '@tabler/icons-react'
import { getTranslations } from 'next-intl/server'
import { Link } from '#ui/link.tsx'
import classes from './landing.module.css'
import { ProductPreview } from './product-preview.tsx'

const HOPS = ['web', 'gateway', 'services', 'database'] as const

const FEATURES = [
  { name: 'identity', Icon: IconUserShield },
  { name: 'permissions', Icon: IconLockCheck },
  { name: 'conflicts', Icon: IconGitMerge },
  { name: 'api', Icon: IconApi },
  { name: 'operations', Icon: IconHeartbeat },
  { name: 'quality', Icon: IconTestPipe },
] as const

const COMMANDS = ['up', 'test'] as const

/** What Neotool is, for somebody who has never heard of it. */
export const LandingPage = async ({ isAnonymous }: { readonly isAnonymous: boolean }) => {
  const t = await getTranslations('landing')
  return (
    <>
      <section className={classes.hero}>
        <Container size="lg" className={classes.heroGrid}>
          <Stack gap="lg" align="flex-start">
            <Text className={classes.eyebrow}>{t('eyebrow')}</Text>
            <Title order={1} className={classes.headline}>
              {t('title')}
            </Title>
            <Text className={classes.lead}>{t('lead')}</Text>
            {isAnonymous ? (
              <Group>
                <Button
                  component={Link}
                  href="/sign-up"
                  size="md"
                  rightSection={<IconArrowRight size={18} aria-hidden />}
                >
                  {t('start')}
                </Button>
                <Button component={Link} href="/sign-in" size="md" variant="default">
                  {t('signIn')}
                </Button>
              </Group>
            ) : (
              <Button
                component={Link}
                href="/products"
                size="md"
                rightSection={<IconArrowRight size={18} aria-hidden />}
              >
                {t('open')}
              </Button>
            )}
          </Stack>
          <ProductPreview />
        </Container>
      </section>

      <Container size="lg" component="section" className={classes.section} aria-labelledby="features">
        <Title order={2} id="features" className={classes.heading}>
          {t('features.title')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xl" verticalSpacing={36} mt={36}>
          {FEATURES.map(({ name, Icon }) => (
            <div key={name}>
              <span className={classes.icon}>
                <Icon size={22} stroke={1.7} aria-hidden />
              </span>
              <Title order={3} mt="md">
                {t(`features.${name}`)}
              </Title>
              <Text c="dimmed" size="sm" mt={6} className={classes.text}>
                {t(`features.${name}Text`)}
              </Text>
            </div>
          ))}
        </SimpleGrid>
      </Container>

      <section className={classes.band} aria-labelledby="path">
        <Container size="lg" className={classes.section}>
          <Title order={2} id="path" className={classes.heading}>
            {t('path.title')}
          </Title>
          <Text c="dimmed" mt={8} maw={620}>
            {t('path.text')}
          </Text>
          <ol className={classes.path}>
            {HOPS.map((hop) => (
              <li key={hop} className={classes.hop}>
                <Text fw={600}>{t(`path.${hop}`)}</Text>
                <Text c="dimmed" size="sm" mt={4}>
                  {t(`path.${hop}Text`)}
                </Text>
              </li>
            ))}
          </ol>
        </Container>
      </section>

      <Container size="lg" component="section" className={classes.section} aria-labelledby="commands">
        <Title order={2} id="commands" className={classes.heading}>
          {t('commands.title')}
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt={28} spacing="lg">
          {COMMANDS.map((command) => (
            <div key={command} className={classes.command}>
              <code className={classes.code}>
                <span aria-hidden="true">$ </span>./neotool {command}
              </code>
              <Text size="sm" c="dimmed">
                {t(`commands.${command}`)}
              </Text>
            </div>
          ))}
        </SimpleGrid>
      </Container>
    </>
  )
}
