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

# Each command says itself that it failed: in a function that is tried with || the shell does not look.
mount_scratch() {
    local device='' try uuid
    for try in 1 2 3 4 5 6; do
        device=$(find_scratch) && break
        say "no scratch volume yet ($try)"
        sleep "$pause"
    done
    [ -n "$device" ] || return 1
    mkfs.xfs -q "$device" || return 1
    uuid=$(blkid --probe --match-tag UUID --output value "$device") || return 1
    mkdir -p "$root/scratch" || return 1
    echo "UUID=$uuid $root/scratch xfs noatime,nofail 0 2" >>"$root/etc/fstab" || return 1
    mount --fstab "$root/etc/fstab" "$root/scratch" || return 1
    chmod 1777 "$root/scratch" || return 1
    mountpoint -q "$root/scratch" || return 1
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

is_placed() {
    [ -x "$root/opt/scarnet/$1/supervisor" ]
}

# Under its digest, and only when it is what the digest says. What fails leaves no directory, which jobs would mount empty.
place() {
    local directory="$root/opt/scarnet/$2" new="$root/opt/scarnet/$2.new"
    mkdir -p "$root/opt/scarnet" || return 1
    if ! fetch "$1" "$2" "$new"; then
        say "s3://$1/supervisor/$2 cannot be fetched"
    elif ! echo "$2  $new" | sha256sum --check --status; then
        say "s3://$1/supervisor/$2 is not what its name says"
    elif chmod 0755 "$new" && mkdir -p "$directory" && mv "$new" "$directory/supervisor"; then
        say "$directory/supervisor is there"
        return 0
    fi
    rm -f "$new"
    rmdir "$directory" 2>/dev/null
    return 1
}

# Digests that are not there yet, each once for every bucket that has it.
missing() {
    local supervisor
    for supervisor in $supervisors; do
        is_placed "${supervisor##*/}" || echo "${supervisor##*/}"
    done
}

if [ "$scratch" = yes ]; then
    mount_scratch || fail 'no scratch volume'
fi

# One release may lie in several buckets, not all of which this machine may read: one of them is enough.
for try in 1 2 3 4 5 6; do
    for supervisor in $supervisors; do
        is_placed "${supervisor##*/}" || place "${supervisor%/*}" "${supervisor##*/}" || true
    done
    [ -n "$(missing)" ] || break
    say "not all supervisors yet ($try)"
    sleep "$pause"
done

# Functions that are deployed next mount the first. Without an older one, jobs of functions that were deployed before end on this machine.
first=${supervisors%% *}
is_placed "${first##*/}" || fail "no supervisor from s3://$first"
