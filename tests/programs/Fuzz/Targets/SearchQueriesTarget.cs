using System.Diagnostics.CodeAnalysis;
using System.Text;
using Chat.Daemon.Search;
using Chat.Daemon.Storage;
using Fuzz.Mutation;
using Microsoft.Data.Sqlite;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>
/// A search query and a message: the index, which SQLite asks in a language of its own, finds the message exactly if its words have
/// all that the query asks for. The first line is the query, the rest the message.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "It lives as long as the program.")]
internal sealed class SearchQueriesTarget : IFuzzTarget
{
    private static readonly ConversationId Here = new(7), Elsewhere = new(8);

    private readonly SqliteConnection index = new("Data Source=:memory:");
    private readonly IndexedText indexed = new();
    private readonly WordFolder folder = new();
    private readonly SqliteCommand clear;
    private readonly SqliteCommand insert;
    private readonly SqliteCommand find;

    public SearchQueriesTarget()
    {
        index.Open();
        Sql.Execute(
            index,
            $"CREATE VIRTUAL TABLE part USING fts5(words, content='', columnsize=0, detail=none, prefix='1 2', "
            + $"tokenize=\"{IndexTerms.Tokenizer}\")");
        clear = Command("INSERT INTO part(part) VALUES ('delete-all')");
        insert = Command("INSERT INTO part(rowid, words) VALUES (1, $words)", "$words");
        find = Command("SELECT count(*) FROM part WHERE part MATCH $query", "$query");
    }

    public string Name => "search-queries";

    public IEnumerable<byte[]> Seeds =>
        new[]
        {
            "café* olá\nO Café da manhã: olá!", "\"a\" OR b NOT c\na b c or not", "a* b* c*\nabc bcd cde",
            "words:x ^x x + y NEAR(x y)\nx y near words",
            "中文 한글\n中文 한글 ok", ":7 &1 @0011223344\nx", "a b c d e f g h i j\nj i h g f e d c b a", "ﬁm ſ İ\nFIM s i", "😀*\n😀 ok",
        }
        .Select(Pieces.Utf8);

    public IReadOnlyList<string> Tokens { get; } =
        ["*", "\"", "\"\"", " AND ", " OR ", " NOT ", "NEAR(", "words:", "^", "{", ":7", "&1", "@", "-", "+", "\n", "a", "ab*"];

    public IReadOnlyList<MutationStep> Mutations { get; } = [.. TextMutations.All, .. TextMutations.All, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        // Text of a frame is well-formed.
        var lines = Encoding.UTF8.GetString(input).Split('\n', 2);
        var (query, message) = (lines[0], lines.ElementAtOrDefault(1) ?? "");
        if (SearchTerms.Parse(query) is not { } terms) return;
        ThrowUnless(terms.All.All(term => term.Word.Length > 0 && !term.Word.Contains(' ')), "A term is a word");
        var text = indexed.Of(new(1, Here.Value, "ana", message, null, null));
        clear.ExecuteNonQuery();
        insert.Parameters[0].Value = Encoding.UTF8.GetString(text);
        insert.ExecuteNonQuery();
        var isMet = terms.AreIn(folder.Fold(message));
        ThrowUnless(IsFound(terms, Here) == isMet, $"The index finds what has the words: {isMet}");
        ThrowUnless(!IsFound(terms, Elsewhere), "No query leaves the conversations it is for");
    }

    private bool IsFound(SearchTerms terms, ConversationId conversation)
    {
        find.Parameters[0].Value = IndexQuery.Of(new(terms, 1, [conversation])).All;
        return (long)find.ExecuteScalar()! == 1;
    }

    private SqliteCommand Command(string text, params string[] parameters)
    {
        var command = index.CreateCommand();
        command.CommandText = text;
        foreach (var name in parameters) command.Parameters.Add(name, SqliteType.Text);
        return command;
    }
}
