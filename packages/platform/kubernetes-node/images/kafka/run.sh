#!/bin/bash
# Writes the broker's properties from the variables that begin with KAFKA_, as the public image does: a_b is a.b, a__b is a_b,
# a___b is a-b; formats the storage at the first start; takes files mounted at /mnt/shared/config in place of its own.
set -e
config=/opt/kafka/config
export CLASSPATH='/opt/kafka/libs/*'
printf '%s\n' 'log4j.rootLogger=INFO, stdout' 'log4j.appender.stdout=org.apache.log4j.ConsoleAppender' \
  'log4j.appender.stdout.layout=org.apache.log4j.PatternLayout' \
  'log4j.appender.stdout.layout.ConversionPattern=[%d] %p %m (%c)%n' >"$config/log4j.properties"
for file in /mnt/shared/config/*; do
  if [ -f "$file" ]; then cp "$file" "$config/"; fi
done
properties=$config/server.properties
: >"$properties"
env -0 | while IFS= read -r -d '' variable; do
  name=${variable%%=*}
  case $name in
    KAFKA_HEAP_OPTS | KAFKA_OPTS | KAFKA_LOG4J_* | KAFKA_JVM_*) ;;
    KAFKA_*)
      name=$(printf %s "${name#KAFKA_}" | tr '[:upper:]' '[:lower:]' | sed 's/___/-/g; s/__/%/g; s/_/./g; s/%/_/g')
      printf '%s=%s\n' "$name" "${variable#*=}" >>"$properties"
      ;;
  esac
done
java "-Dlog4j.configuration=file:$config/log4j.properties" -XX:TieredStopAtLevel=1 kafka.tools.StorageTool format \
  --ignore-formatted --cluster-id "$CLUSTER_ID" --config "$properties"
# Several options in one variable, as in the public image.
# shellcheck disable=SC2086
exec java ${KAFKA_HEAP_OPTS:--Xmx1G -Xms1G} $KAFKA_OPTS "-Dlog4j.configuration=file:$config/log4j.properties" \
  kafka.Kafka "$properties"
