#!/bin/sh
# 用 GNU parallel 分几份归档，再合成一个：
#
#   parallel.sh 上报 归档 [份数]
#
# 几台机器：PARALLEL='--sshloginfile 机器.txt'，各机器上同样的路径是同一个共享文件夹。
# 程序不在 PATH 里的，写 ZIPING=/路径/ziping。
# 结束状态：0 全部归档；1 有报告没有归档，已逐份指出；其他：没有归档。
set -eu
source=$1 archive=$2 shards=${3:-4}
ziping=${ZIPING:-ziping}
parts=$(mktemp -d "$archive-各份.XXXXXX")
trap 'rm -rf "$parts"' EXIT

status=0
# 一份里有报告写坏了的，状态是 1，不妨碍别的份；缺了整份的，合并时会指出。
seq "$shards" | parallel --will-cite --halt never \
    "$ziping" archive "$source" -o "$parts/{}" --shard "{}/$shards" -j 1 || status=1
"$ziping" archive --merge "$parts"/* -o "$archive"
exit "$status"
