# Shared by cli/fusedem and the commands in service/ and benchmarks/, which source it: finds a JDK 25, builds what is not
# up to date, and starts it.
# Plain POSIX sh. The caller sets $root, the folder of the root pom.xml.

fail() {
    echo "fusedem: $*" >&2
    exit 2
}

# Is $1 the home of a JDK in [25.0.3,26)? Its release file says so without the cost of starting a JVM.
is_jdk() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in
            'JAVA_VERSION="25.0.'[3-9]* | 'JAVA_VERSION="25.0.'[1-9][0-9]* | 'JAVA_VERSION="25.'[1-9]*) return 0 ;;
        esac
    done < "$1/release"
    return 1
}

# Sets $jdk: what the user asked for comes first, then the places where JDKs usually are.
find_jdk() {
    on_path=$(readlink -f "$(command -v java)" || true)
    for jdk in "${JAVA_HOME:-}" "${on_path%/bin/java}" /usr/lib/jvm/* /opt/* "${HOME:-}"/.sdkman/candidates/java/* \
        "${HOME:-}"/.jdks/* "${HOME:-}"/.jdks/*/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if is_jdk "$jdk"; then
            return
        fi
    done
    fail "needs JDK 25.0.3 or a newer JDK 25: install one, for example Temurin 25, or set JAVA_HOME to it"
}

# Is the file $1 there, and as new as the library and the module $2? A folder is newer when a file in it was deleted.
is_fresh() {
    [ -f "$1" ] && [ -z "$(find "$root/pom.xml" "$root/src/pom.xml" "$root/src/main" \
        "$root/$2/pom.xml" "$root/$2/src/main" -newer "$1")" ]
}

# Brings the file $1 of the Maven module $2, built with the further option $3, up to date. Maven is heard only when it
# fails.
build() {
    if is_fresh "$1" "$2"; then
        return
    fi
    command -v mvn > /dev/null ||
        fail "needs Maven to build itself, and no mvn is on the PATH: install Maven 3.8 or newer"
    (
        mkdir -p "$root/target" || exit 2
        # A link is made by one process only, and names it: two first runs take turns, and a dead one is not waited for.
        lock=$root/target/building
        until ln -s "$$" "$lock" 2> /dev/null; do
            kill -0 "$(readlink "$lock")" 2> /dev/null || rm -f "$lock"
            sleep 1
        done
        trap 'rm -f "$lock" "$lock.since" "$lock.log"' EXIT
        trap 'exit 130' INT
        trap 'exit 143' TERM

        if is_fresh "$1" "$2"; then
            exit 0 # Whoever held the lock has built it.
        fi
        if [ -t 2 ]; then
            echo "building fusedem ..." >&2
        fi
        : > "$lock.since"
        cd "$root"
        if ! JAVA_HOME=$jdk mvn -q -B ${3:+"$3"} -pl "$2" -am -Dmaven.test.skip=true package < /dev/null > "$lock.log" 2>&1; then
            cat "$lock.log" >&2
            fail "the build failed"
        fi
        # What was saved while Maven was at work counts as newer.
        touch -r "$lock.since" "$1"
    ) || exit
}

# Becomes the JVM with the options $2, $3, ..., which name a command in the module $1. The JVM would first of all print a
# line about its incubating vector module. So it gets /dev/null for standard error, and the command the real one as
# descriptor 3 (see StandardError.java) - unless there is none, or the user gives the JVM options of their own, about
# which it may have something to say.
#
# Where the locale knows ASCII only, as in containers, by cron, or where its name is of none installed, the JVM could
# neither open größe.csv nor read größe among its arguments.
become() {
    module=$1
    shift
    case $(locale charmap 2> /dev/null) in
        '' | *ASCII* | ANSI_X3.4*) export LC_ALL=C.UTF-8 ;;
    esac
    if [ -z "${JDK_JAVA_OPTIONS:-}${JAVA_TOOL_OPTIONS:-}" ] && true 3>&2; then
        exec "$jdk/bin/java" --add-opens "java.base/java.io=$module" -Dfusedem.stderr=3 "$@" 3>&2 2> /dev/null
    fi
    exec "$jdk/bin/java" "$@"
}
