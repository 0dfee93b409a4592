say() {
    echo "scarnet: $*" >&2
}

# An agent that is not started takes no jobs; what was said is in the machine's console log.
fail() {
    say "$*: this machine takes no jobs"
    systemctl mask --now ecs || true
    exit 1
}

# /dev/sdb of the launch template; on Nitro machines a link to its NVMe device, or, without that, the volume with nothing on it.
find_scratch() {
    local device
    for device in "$root/dev/sdb" "$root/dev/xvdb" "$root"/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_*; do
        [ -e "$device" ] || continue
        device=$(readlink -f "$device")
        if [ "$(lsblk --noheadings --output NAME "$device" 2>/dev/null | wc -l)" -le 1 ] && ! blkid --probe "$device" >/dev/null 2>&1; then
            echo "$device"
            return
        fi
    done
    return 1
}

mount_scratch() {
    local device='' try
    for try in 1 2 3 4 5 6; do
        device=$(find_scratch) && break
        say "no scratch volume yet ($try)"
        sleep "$pause"
    done
    [ -n "$device" ] || return 1
    mkfs.xfs -q "$device"
    mkdir -p "$root/scratch"
    echo "UUID=$(blkid --probe --match-tag UUID --output value "$device") $root/scratch xfs noatime,nofail 0 2" >>"$root/etc/fstab"
    mount --fstab "$root/etc/fstab" "$root/scratch"
    chmod 1777 "$root/scratch"
    say "$root/scratch is on $device"
}

metadata() {
    curl --silent --show-error --fail --max-time 5 --header "X-aws-ec2-metadata-token: $token" "$metadata/latest/meta-data/$1"
}

# A member of the machine's credentials, which are JSON.
credential() {
    sed -n "s/.*\"$1\" *: *\"\\([^\"]*\\)\".*/\\1/p" <<<"$credentials"
}

# $1/supervisor/$2 as the machine's role. Keys go by standard input: arguments are for everybody to see.
fetch() {
    local token role credentials
    token=$(curl --silent --show-error --fail --max-time 5 --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$metadata/latest/api/token") || return 1
    role=$(metadata iam/security-credentials/) || return 1
    credentials=$(metadata "iam/security-credentials/$role") || return 1
    curl --silent --show-error --fail --max-time 300 --aws-sigv4 "aws:amz:$region:s3" --output "$3" --config - "$storage/$1/supervisor/$2" <<END
user = "$(credential AccessKeyId):$(credential SecretAccessKey)"
header = "x-amz-security-token: $(credential Token)"
header = "x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
END
}

# Under its digest, and only when it is what the digest says.
place() {
    local directory="$root/opt/scarnet/$2"
    mkdir -p "$directory"
    fetch "$1" "$2" "$directory/new" || return 1
    if ! echo "$2  $directory/new" | sha256sum --check --status; then
        say "s3://$1/supervisor/$2 is not what its name says"
        rm -f "$directory/new"
        return 1
    fi
    chmod 0755 "$directory/new"
    mv "$directory/new" "$directory/supervisor"
    say "$directory/supervisor is there"
}

if [ "$scratch" = yes ]; then
    mount_scratch || fail 'no scratch volume'
fi

# The first is the newest: without it no job can start. Older ones are for functions that were deployed before.
needed=yes
for supervisor in $supervisors; do
    placed=no
    for try in 1 2 3 4 5 6; do
        if place "${supervisor%/*}" "${supervisor##*/}"; then
            placed=yes
            break
        fi
        [ "$needed" = yes ] || break
        say "no supervisor yet ($try)"
        sleep "$pause"
    done
    [ "$placed" = yes ] || [ "$needed" = no ] || fail "no supervisor from s3://$supervisor"
    needed=no
done
