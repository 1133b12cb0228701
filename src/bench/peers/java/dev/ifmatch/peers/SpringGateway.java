package dev.ifmatch.peers;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Spring Cloud Gateway with one route and its defaults: one event loop with epoll. */
@SpringBootApplication
public class SpringGateway {
  public static void main(String[] args) {
    System.setProperty("reactor.netty.ioWorkerCount", "1");
    String route = "spring.cloud.gateway.server.webflux.routes[0].";
    new SpringApplicationBuilder(SpringGateway.class)
        .bannerMode(Banner.Mode.OFF)
        .properties(
            "server.address=127.0.0.1",
            "server.port=" + args[0],
            route + "id=backend",
            route + "uri=http://127.0.0.1:" + args[1],
            route + "predicates[0]=Path=/**")
        .run();
  }
}
