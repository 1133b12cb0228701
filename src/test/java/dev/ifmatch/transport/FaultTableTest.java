package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.transport.FaultTable.Row;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of the table of faults is true, and every fault that can be played is in it. */
class FaultTableTest {
  private static final Map<String, FaultScenario> SCENARIOS = new TreeMap<>();

  static {
    List.of(BackendFaults.all(), ClientFaults.all(), LoadFaults.all()).forEach(SCENARIOS::putAll);
  }

  static List<Row> rows() throws IOException {
    return FaultTable.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void endsAsTheTableSays(Row row) throws Exception {
    assertThat(SCENARIOS).containsKey(row.fault());
    assertThat(SCENARIOS.get(row.fault()).play(row.when())).isEqualTo(row.outcome());
  }

  @Test
  void everyFaultIsInTheTableInEverySituation() throws IOException {
    Set<String> written = new TreeSet<>();
    rows().forEach(row -> assertThat(written.add(row.toString())).as("%s, once", row).isTrue());
    Set<String> played = new TreeSet<>();
    SCENARIOS.forEach(
        (fault, scenario) -> scenario.whens().forEach(when -> played.add(fault + ", " + when)));
    assertThat(written).isEqualTo(played);
  }
}
