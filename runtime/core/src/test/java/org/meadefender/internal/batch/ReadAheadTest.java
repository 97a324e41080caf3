package org.meadefender.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReadAheadTest {
  private final AtomicInteger read = new AtomicInteger();

  private ReadAhead<Integer> numbers(int count) {
    return new ReadAhead<>(
        () -> read.get() < count, read::incrementAndGet, number -> Integer.BYTES);
  }

  private static List<Thread> readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(ReadAhead.THREAD))
        .toList();
  }

  @AfterEach
  void nobodyReadsAnyMore() {
    assertThat(readers()).isEmpty();
  }

  @Test
  void givesEverythingInOrder() {
    ReadAhead<Integer> ahead = numbers(5);
    List<Integer> all = new ArrayList<>();
    while (ahead.hasNext()) {
      all.add(ahead.next());
    }
    assertThat(all).containsExactly(1, 2, 3, 4, 5);
    assertThat(ahead.hasNext()).isFalse();
    assertThatThrownBy(ahead::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void readsAheadButNotWithoutBound() throws InterruptedException {
    ReadAhead<Integer> ahead = numbers(100);
    assertThat(ahead.next()).isEqualTo(1);
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (read.get() < 3 && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    Thread.sleep(50);
    assertThat(read.get()).isEqualTo(3);
    ahead.close();
    assertThat(readers()).isEmpty();
    assertThat(ahead.isAhead()).isFalse();
  }

  @Test
  void throwsWhereTheBatchIsAskedFor() {
    IllegalStateException fault = new IllegalStateException("unreadable");
    ReadAhead<Integer> ahead =
        new ReadAhead<>(
            () -> true,
            () -> {
              if (read.incrementAndGet() == 3) {
                throw fault;
              }
              return read.get();
            },
            number -> 0);
    assertThat(ahead.next()).isEqualTo(1);
    assertThat(ahead.next()).isEqualTo(2);
    assertThatThrownBy(ahead::hasNext).isSameAs(fault);
    assertThat(readers()).isEmpty();
    ahead.close();
  }

  @Test
  void errorsAreThrownToo() {
    ReadAhead<Integer> ahead =
        new ReadAhead<>(
            () -> true,
            () -> {
              throw new OutOfMemoryError("of the data");
            },
            number -> 0);
    assertThatThrownBy(ahead::next).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void anInterruptIsTheCallers() {
    ReadAhead<Integer> ahead = numbers(3);
    Thread.currentThread().interrupt();
    assertThat(ahead.next()).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
    ahead.close();
  }

  @Test
  void aThreadThatNobodyAsksEndsByItself() throws InterruptedException {
    numbers(100).next();
    assertThat(readers()).isNotEmpty();
    for (Thread reader : readers()) {
      reader.join(Duration.ofSeconds(10).toMillis());
    }
  }
}
