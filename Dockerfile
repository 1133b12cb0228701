# docker build -t ifmatch .
# docker run --read-only --tmpfs /tmp -p 8080:8080 ifmatch http://api:3000
#
# /tmp is the only place that is written to: large request bodies wait there for their turn.

ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
# A build of nothing fetches what the real one needs, in a layer that is kept until the pom changes.
COPY .mvn .mvn
COPY pom.xml ./
RUN mvn -B -q -Dmaven.test.skip=true package
COPY LICENSE ./
COPY src src
ARG REVISION=unknown
RUN mvn -B -q -Dmaven.test.skip=true -Dgit.commit.id.abbrev=${REVISION} package
# Unpacked here, the native transport needs no temporary file, nor a /tmp that allows execution.
RUN mkdir native && cd native && jar --extract --file ../target/ifmatch.jar META-INF/native

FROM ${RUNTIME_IMAGE}
ARG REVISION=unknown
LABEL org.opencontainers.image.title="ifmatch" \
      org.opencontainers.image.description="A reverse proxy that gives any REST backend optimistic concurrency control" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /build/native/META-INF/native /app/native
COPY --from=build /build/target/ifmatch.jar /app/ifmatch.jar
# The very Java that will use it makes the archive, and the arguments that it is started with.
RUN ["java", "-Djava.library.path=/app/native", "-jar", "/app/ifmatch.jar", "archive"]
USER 10001:10001
ENV IFMATCH_LISTEN=0.0.0.0:8080
EXPOSE 8080

HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["java", \
    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto", "-Xmx8m", \
    "-cp", "/app/ifmatch.jar", "dev.ifmatch.cli.HealthCheck"]

# Started without a shell, so that SIGTERM reaches the program.
# A small heap that grows on demand; -e _JAVA_OPTIONS=-Xmx512m overrides it.
ENTRYPOINT ["java", "@/app/ifmatch.args"]
