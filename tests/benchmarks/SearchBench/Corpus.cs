using System.Text;
using Chat.Daemon.Storage;
using Microsoft.Data.Sqlite;

namespace SearchBench;

/// <summary>Messages of 2 to 17 words, some of which are in every third message and most in few; rooms from busy to quiet.</summary>
internal sealed class Corpus
{
    public const int Rooms = 1_000;

    private const int Words = 60_000;
    private const long Start = 1_700_000_000_000;

    private readonly Random random = new(1);
    private readonly List<string> words = [];
    private readonly double[] weights = new double[Words];
    private readonly long[] last = new long[Rooms + 2];
    private long number;

    public Corpus()
    {
        var known = new HashSet<string>();
        while (words.Count < Words)
            if (NewWord() is var word && known.Add(word)) words.Add(word);
        words.Sort((a, b) => a.Length - b.Length);
        for (var (i, sum) = (0, 0.0); i < Words; i++) weights[i] = sum += 1.0 / (i + 2);
    }

    public string Common => words[random.Next(5)];

    public string Medium => words[500 + random.Next(500)];

    public string Rare => words[40_000 + random.Next(20_000)];

    public static bool CreateRooms(SqliteConnection connection)
    {
        for (var room = 1; room <= Rooms + 1; room++)
        {
            Sql.Execute(
                connection, "INSERT INTO conversations(kind, created_at, creator, name, name_key) VALUES ('room', 0, 'g1', $name, $name)",
                ("$name", $"room{room}"));
        }
        return true;
    }

    /// <summary>So many messages, by room.</summary>
    public List<(ConversationId Room, List<LoggedMessage> Messages)> Batch(int count)
    {
        lock (random)
        {
            return [.. Enumerable.Range(0, count).Select(_ => (int)(Math.Pow(random.NextDouble(), 4) * Rooms) + 1).GroupBy(room => room)
                .Select(room => (new ConversationId(room.Key), room.Select(_ => New(room.Key, Text())).ToList()))];
        }
    }

    public LoggedMessage New(int room, string text)
    {
        lock (random)
        {
            number++;
            return new(++last[room], $"user{number % 2_000}", text, Start + number, 1 + (number % 2_000), $"id-{number}")
            {
                Identity = $"a{number % 2_000}",
            };
        }
    }

    private string Text() => string.Join(' ', Enumerable.Range(0, 2 + random.Next(16)).Select(_ => Word()));

    private string Word()
    {
        var found = Array.BinarySearch(weights, random.NextDouble() * weights[^1]);
        return words[Math.Min(found < 0 ? ~found : found, Words - 1)];
    }

    private string NewWord()
    {
        var word = new StringBuilder();
        for (var syllables = 1 + random.Next(4); syllables > 0; syllables--)
        {
            if (random.Next(5) > 0) word.Append("bcdfghjklmnprstvz"[random.Next(17)]);
            word.Append("aeiou"[random.Next(5)]);
            if (random.Next(4) == 0) word.Append("rslmn"[random.Next(5)]);
        }
        return word.ToString();
    }
}
