package dev.cofre.client.hostile;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tests against the [EvilServer]: they run with little memory, and the [Oracles] are asked after each of them.
@Tag("attack")
@ExtendWith(Oracles.AfterEach.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Hostile {}
