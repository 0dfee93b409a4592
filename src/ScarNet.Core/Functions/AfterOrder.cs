namespace ScarNet.Core.Functions;

/// <summary>What follows from <c>after</c>: the order of functions, and whose files one without an input of its own works on.</summary>
public static class AfterOrder
{
    /// <summary>The functions in an order in which each comes behind those it waits for; otherwise as they were.</summary>
    /// <param name="names">Functions without a circle.</param>
    /// <param name="after">What each waits for; names that are not among them do not matter.</param>
    public static IReadOnlyList<string> Sort(IReadOnlyList<string> names, Func<string, IReadOnlyList<string>> after)
    {
        var sorted = new List<string>();
        var seen = new HashSet<string>();
        foreach (var name in names)
        {
            Visit(name);
        }

        return sorted;

        void Visit(string name)
        {
            if (!names.Contains(name) || !seen.Add(name))
            {
                return;
            }

            foreach (var before in after(name))
            {
                Visit(before);
            }

            sorted.Add(name);
        }
    }

    /// <summary>The functions with an input whose files a function works on: itself when it has one, else those of what it waits for.</summary>
    public static IReadOnlyList<string> Origins(string name, Func<string, bool> hasInput, Func<string, IReadOnlyList<string>> after)
    {
        var origins = new List<string>();
        var seen = new HashSet<string>();
        Visit(name);
        return origins;

        void Visit(string at)
        {
            if (!seen.Add(at))
            {
                return;
            }

            if (hasInput(at))
            {
                origins.Add(at);
                return;
            }

            foreach (var before in after(at))
            {
                Visit(before);
            }
        }
    }

    /// <summary>The way from a function over what it waits for back to it, its name at both ends; null when there is none.</summary>
    internal static IReadOnlyList<string>? Circle(string start, string first, Func<string, IReadOnlyList<string>> after)
    {
        var cameFrom = new Dictionary<string, string> { [first] = start };
        var queue = new Queue<string>([first]);
        while (queue.TryDequeue(out var at))
        {
            if (at == start)
            {
                var circle = new List<string> { start };
                do
                {
                    circle.Insert(0, cameFrom[circle[0]]);
                }
                while (circle[0] != start);

                return circle;
            }

            foreach (var before in after(at))
            {
                if (cameFrom.TryAdd(before, at))
                {
                    queue.Enqueue(before);
                }
            }
        }

        return null;
    }
}
