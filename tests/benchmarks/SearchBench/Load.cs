using System.Diagnostics;
using Chat.Daemon.Search;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;

namespace SearchBench;

/// <summary>What goes on while it is measured.</summary>
internal static class Load
{
    /// <summary>Rooms that a user is in.</summary>
    private const int RoomsOfUser = 100;

    private const int WritesPerSecond = 50;

    /// <summary>Writes at a fixed rate, however long the writes take.</summary>
    public static async Task<Times> WriteAsync(DatabaseMessageLog log, Corpus corpus, int perSecond, int seconds)
    {
        var (times, writes) = (new Times(), new List<Task>());
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / WritesPerSecond));
        for (var i = 0; i < seconds * WritesPerSecond && await timer.WaitForNextTickAsync(); i++)
        {
            // One append of each room at a time, as the sequencers do.
            await Task.WhenAll(writes);
            writes.Clear();
            foreach (var (room, messages) in corpus.Batch(perSecond / WritesPerSecond))
                writes.Add(times.MeasureAsync(() => log.AppendAsync(room, messages)));
        }
        await Task.WhenAll(writes);
        return times;
    }

    /// <summary>Searches one after the other, with a rest in between, of every kind in turn.</summary>
    public static async Task<Dictionary<string, Times>> SearchAsync(IndexSearch search, Corpus corpus, CancellationToken stop)
    {
        IReadOnlyList<ConversationId> busy = [new(1)], quiet = [new(990)];
        IReadOnlyList<ConversationId> all = [.. Enumerable.Range(0, RoomsOfUser).Select(i => new ConversationId(1 + (i * 9)))];
        (string Name, Func<string> Text, IReadOnlyList<ConversationId> Rooms)[] kinds =
        [
            ("a common word, a busy room", () => corpus.Common, busy),
            ("a common word, a quiet room", () => corpus.Common, quiet),
            ("a common word, 100 rooms", () => corpus.Common, all),
            ("a rare word, 100 rooms", () => corpus.Rare, all),
            ("three words, 100 rooms", () => $"{corpus.Medium} {corpus.Medium} {corpus.Medium}", all),
            ("a prefix of 3, 100 rooms", () => corpus.Rare[..3] + "*", all),
            ("a letter, a quiet room", () => corpus.Common[..1] + "*", quiet),
        ];
        var times = kinds.ToDictionary(kind => kind.Name, _ => new Times());
        times.Add("all of these", new Times());
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var (name, text, rooms) = kinds[i % kinds.Length];
            var request = new SearchRequest(SearchTerms.Parse(text())!, 20, rooms);
            var began = Stopwatch.GetTimestamp();
            await search.FindAsync(request, default);
            times[name].Add(Stopwatch.GetElapsedTime(began));
            times["all of these"].Add(Stopwatch.GetElapsedTime(began));
            await Task.Delay(10, default(CancellationToken));
        }
        return times;
    }

    /// <summary>From the commit of a message until a search finds it.</summary>
    public static async Task<Times> FreshAsync(DatabaseMessageLog log, IndexSearch search, Corpus corpus, CancellationToken stop)
    {
        var times = new Times();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var word = $"fresh{i}";
            await log.AppendAsync(new(1_001), [corpus.New(1_001, word)]);
            var began = Stopwatch.GetTimestamp();
            var request = new SearchRequest(SearchTerms.Parse(word)!, 1, [new ConversationId(1_001)]);
            while ((await search.FindAsync(request, default)).Hits.Count == 0) await Task.Delay(5, default(CancellationToken));
            times.Add(Stopwatch.GetElapsedTime(began));
        }
        return times;
    }
}
