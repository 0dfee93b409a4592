namespace ScarNet.Local.Lambda;

/// <summary>The dispatcher's view of the queue: for each function a few ids that are due, and those being worked on. Thread-safe.</summary>
internal sealed class Lanes
{
    private const int Buffer = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private long turn;

    /// <summary>Lanes that want ids, and how many rows must be read to find some that are not being worked on.</summary>
    /// <param name="names">Functions that have rows, when everything is to be looked at anew; else empty.</param>
    public List<(string Arn, int Most)> Wanting(List<string> names)
    {
        lock (gate)
        {
            foreach (var arn in names)
            {
                lanes.TryAdd(arn, new Lane());
                lanes[arn].Exhausted = false;
            }

            return [.. lanes.Where(l => l.Value.Due.Count == 0 && !l.Value.Exhausted).Select(l => (l.Key, Buffer + l.Value.Working.Count))];
        }
    }

    public void Fill(string arn, List<long> ids, int most)
    {
        lock (gate)
        {
            var lane = lanes[arn];
            foreach (var id in ids.Where(id => !lane.Working.Contains(id)))
            {
                lane.Due.Enqueue(id);
            }

            lane.Exhausted = ids.Count < most;
            if (ids.Count == 0 && lane.Working.Count == 0)
            {
                lanes.Remove(arn);
            }
        }
    }

    /// <summary>The function whose turn it is among those that have something due and room; null when there is none.</summary>
    public string? Choose(Func<string, bool> hasRoom)
    {
        lock (gate)
        {
            string? best = null;
            foreach (var (arn, lane) in lanes)
            {
                if (lane.Due.Count > 0 && (best is null || lane.ComesBefore(lanes[best])) && hasRoom(arn))
                {
                    best = arn;
                }
            }

            return best;
        }
    }

    /// <summary>Takes a function's oldest id.</summary>
    public long Start(string arn)
    {
        lock (gate)
        {
            var lane = lanes[arn];
            var id = lane.Due.Dequeue();
            lane.Working.Add(id);
            lane.LastTurn = ++turn;
            return id;
        }
    }

    public void End(string arn, long id)
    {
        lock (gate)
        {
            lanes[arn].Working.Remove(id);
        }
    }

    public Dictionary<string, int> Running()
    {
        lock (gate)
        {
            return lanes.Where(l => l.Value.Working.Count > 0).ToDictionary(l => l.Key, l => l.Value.Working.Count);
        }
    }

    private sealed class Lane
    {
        public Queue<long> Due { get; } = new();

        public HashSet<long> Working { get; } = [];

        public bool Exhausted { get; set; }

        public long LastTurn { get; set; }

        public bool ComesBefore(Lane other) => (Working.Count, LastTurn).CompareTo((other.Working.Count, other.LastTurn)) < 0;
    }
}
