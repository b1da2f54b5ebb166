# Shared by benchmarks/run and benchmarks/report, which source it after .mvn/launch.sh: the JVM that benchmarks run in.

# Removes the file $1 if it is older than the module $2, which it is made of beside its own.
without_stale() {
    if ! is_fresh "$1" "$2"; then
        rm -f "$1"
    fi
}

# Sets $class_path to the suites, built when needed. They hold the command, too, whose reader of files is one of them.
suites() {
    without_stale "$root/benchmarks/target/benchmarks.jar" cli
    build "$root/benchmarks/target/benchmarks.jar" benchmarks
    class_path=$root/benchmarks/target/benchmarks.jar
}

# Sets $class_path to the suites and the other libraries, built when needed: the first time, that loads some 400 MB.
suites_and_peers() {
    peers=$root/benchmarks/peers/target
    for module in benchmarks cli; do
        without_stale "$peers/lib/fusedem-benchmarks-peers.jar" "$module"
    done
    build "$peers/lib/fusedem-benchmarks-peers.jar" benchmarks/peers -Ppeers
    class_path=$peers/lib/*

    # Smile looks for libopenblas.so by this very name. Everyone gets one thread.
    openblas=$peers/native/org/bytedeco/openblas/linux-x86_64
    if [ -d "$openblas" ]; then
        ln -sf libopenblas.so.0 "$openblas/libopenblas.so"
        export LD_LIBRARY_PATH="$openblas${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    fi
    export OPENBLAS_NUM_THREADS=1
}

# Becomes the JVM that runs the class $1. On the class path the vector module is asked for; JMH itself still uses
# sun.misc.Unsafe; charts need no screen. Forks inherit all of it.
run_java() {
    exec "$jdk/bin/java" --add-modules jdk.incubator.vector --sun-misc-unsafe-memory-access=allow \
        -Djava.awt.headless=true -cp "$class_path" "$@"
}
