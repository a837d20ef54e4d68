# shellcheck shell=sh
# Finds a Java of at least a given version. Sourced by mvnw, the launcher and .ci/run; plain POSIX sh, and no other
# process is started unless a candidate carries no release file.
#
#   find_jdk 25 java     any Java 25 or newer; its home is left in FOUND_JDK
#   find_jdk 25 javac    the same, with a compiler
#   say_how_to_install_jdk
#   use_utf8_names       lets the Java that follows name any file

# Leaves the feature version of the Java in directory $1 in FOUND_VERSION; fails when there is none.
read_jdk_version() {
  FOUND_VERSION=
  [ -x "$1/bin/java" ] || return 1
  if [ -r "$1/release" ]; then
    while IFS='=' read -r key value; do
      if [ "$key" = JAVA_VERSION ]; then
        value=${value#\"}
        FOUND_VERSION=${value%%[!0-9]*}
        break
      fi
    done <"$1/release"
  fi
  if [ -z "$FOUND_VERSION" ]; then
    FOUND_VERSION=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
  fi
  [ -n "$FOUND_VERSION" ]
}

# shellcheck disable=SC2034 # read by whoever sources this
# Takes directory $1 when its version is between $2 and $3 and it has program $4.
take_jdk() {
  [ -n "$1" ] && [ -x "$1/bin/$4" ] && read_jdk_version "$1" || return 1
  [ "$FOUND_VERSION" -ge "$2" ] && [ "$FOUND_VERSION" -le "$3" ] || return 1
  FOUND_JDK=$1
}

# Takes the Java on the PATH, following its symbolic links home.
take_jdk_on_path() {
  path_java=$(command -v java 2>/dev/null) || return 1
  while [ -L "$path_java" ]; do
    link=$(readlink "$path_java") || return 1
    case $link in
    /*) path_java=$link ;;
    *) path_java=${path_java%/*}/$link ;;
    esac
  done
  case $path_java in
  */bin/java) take_jdk "${path_java%/bin/java}" "$@" ;;
  *) return 1 ;;
  esac
}

# Takes the first match among the places where systems and version managers put a JDK.
take_installed_jdk() {
  home=${HOME:-/nonexistent}
  set +f
  for candidate in \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "${SDKMAN_DIR:-$home/.sdkman}"/candidates/java/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$home"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$home"/.jdks/* "$home"/.jdks/*/Contents/Home \
    "${MISE_DATA_DIR:-$home/.local/share/mise}"/installs/java/* \
    "${ASDF_DATA_DIR:-$home/.asdf}"/installs/java/*; do
    if take_jdk "$candidate" "$@"; then
      return 0
    fi
  done
  return 1
}

# Order: JAVA_HOME, the PATH, macOS's own registry, then the usual places, where exactly version $1 goes before newer ones.
find_jdk() {
  # shellcheck disable=SC2034 # read by whoever sources this
  FOUND_JDK=
  take_jdk "${JAVA_HOME:-}" "$1" 999 "$2" && return 0
  take_jdk_on_path "$1" 999 "$2" && return 0
  if [ -x /usr/libexec/java_home ]; then
    take_jdk "$(/usr/libexec/java_home -v "$1+" 2>/dev/null)" "$1" 999 "$2" && return 0
  fi
  case $- in *f*) had_noglob=yes ;; *) had_noglob=no ;; esac
  found=1
  if take_installed_jdk "$1" "$1" "$2" || take_installed_jdk "$1" 999 "$2"; then
    found=0
  fi
  [ "$had_noglob" = no ] || set -f
  return "$found"
}

say_how_to_install_jdk() {
  case ${COFRE_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
  pt*)
    cat <<'END'
O Cofre precisa do Java (JDK) 25 ou mais recente e não encontrou nenhum neste computador.

  Debian 13, Ubuntu 24.04+   sudo apt-get install openjdk-25-jdk-headless
  Debian 12 e anteriores     https://adoptium.net/installation/linux   (depois: sudo apt-get install temurin-25-jdk)
  macOS                      brew install openjdk@25
  Windows                    winget install EclipseAdoptium.Temurin.25.JDK

Se já tem um noutro sítio: JAVA_HOME=/caminho/do/jdk-25 e repita o comando.
END
    ;;
  *)
    cat <<'END'
Cofre needs Java (JDK) 25 or newer and found none on this computer.

  Debian 13, Ubuntu 24.04+   sudo apt-get install openjdk-25-jdk-headless
  Debian 12 and older        https://adoptium.net/installation/linux   (then: sudo apt-get install temurin-25-jdk)
  macOS                      brew install openjdk@25
  Windows                    winget install EclipseAdoptium.Temurin.25.JDK

If you already have one elsewhere: JAVA_HOME=/path/to/jdk-25 and repeat the command.
END
    ;;
  esac
}

# Java takes the encoding of file names from the locale, and under the plain one that cron and services have, or one that is
# not installed here, it cannot name a file with an accent. It then gets one that can; the language of messages stays.
use_utf8_names() {
  [ ! -x /usr/libexec/java_home ] || return 0 # on macOS all names are UTF-8
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *[Uu][Tt][Ff]-8 | *[Uu][Tt][Ff]8)
    # Not only the name of the character set: a complaint, too, about any category that is not here.
    charmap=$(locale charmap 2>&1) || return 0
    [ "$charmap" != UTF-8 ] || return 0
    ;;
  esac
  language=${COFRE_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}
  if [ "$language" ]; then
    COFRE_LANG=$language
    export COFRE_LANG
  fi
  LC_ALL=C.UTF-8
  export LC_ALL
}
