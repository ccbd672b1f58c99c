#!/bin/sh
# 用 Slurm 的作业数组分几份归档，最后一个作业合成一个：
#
#   slurm.sh 上报 归档 [份数]        打印最后那个作业的编号；各份留在 归档-各份/，合成以后可以删去
#
# 各节点上同样的路径是同一个共享文件夹。程序不在 PATH 里的，写 ZIPING=/路径/ziping；
# sbatch 的选项（分区、账户、时限）可以写在环境变量 SBATCH_… 里。
set -eu
source=$(realpath "$1") archive=$(realpath "$2") shards=${3:-4}
ziping=$(command -v "${ZIPING:-ziping}")
parts=$archive-各份
mkdir -p "$parts"

job=$(sbatch --parsable --job-name=ziping --array="1-$shards" --output="$parts/%a.log" <<END
#!/bin/sh
exec "$ziping" archive "$source" -o "$parts/\$SLURM_ARRAY_TASK_ID" \
    --shard "\$SLURM_ARRAY_TASK_ID/$shards" -j "\${SLURM_CPUS_PER_TASK:-1}"
END
)
# afterany：有报告写坏了的份，状态是 1，其余照样合成；缺了整份的，合并时会指出。
sbatch --parsable --job-name=ziping-merge --dependency="afterany:$job" --output="$parts/merge.log" <<END
#!/bin/sh
exec "$ziping" archive --merge $(seq -f "'$parts'/%g" -s ' ' "$shards") -o "$archive"
END
