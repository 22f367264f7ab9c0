export { type KafkaServer, startKafkaServer } from '@neotool/platform/test-kafka'
