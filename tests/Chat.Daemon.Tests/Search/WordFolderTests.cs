using System.Globalization;
using System.Text;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.Search;

/// <summary>Words as the protocol defines them: without regard to case and accents. FTS5's own tokenizer is the yardstick.</summary>
[TestClass]
public sealed class WordFolderTests
{
    /// <summary>Of the blocks of Latin, Greek, Cyrillic and Armenian, which were complete long ago.</summary>
    private const int LastOfEurope = 0x058A;

    [TestMethod]
    [DataRow("Olá, MUNDO!", "ola mundo")]
    [DataRow("café cafe\u0301 CAFÉ", "cafe cafe cafe")]
    [DataRow("ação não-é_isso.", "acao nao e isso")]
    [DataRow("R$ 1.234,56 às 12h30", "r 1 234 56 as 12h30")]
    [DataRow("don't @bia #geral a/b", "don t bia geral a b")]
    [DataRow("", "")]
    [DataRow(" \n\t*:&@ 👍🏽 ❤️ ", "")]
    [DataRow("ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ")]
    [DataRow("Ёлка ёлка ЙОД", "елка елка иод")]
    [DataRow("İstanbul ſtraße Åse", "istanbul straße ase")]
    [DataRow("हिन्दी में", "हिन्दी में")]
    [DataRow("שָׁלוֹם مُحَمَّد", "שלום محمد")]
    [DataRow("東京 は、夜", "東京 は 夜")]
    [DataRow("𝐚𐐀 x²½", "𝐚𐐨 x²½")]
    [DataRow("\u0301a \uFE0F", "a")]
    [DataRow("á\uFFFEb\uFFFFc\uFDD0d", "a b c d")]
    public void TextsBecomeWords(string text, string words) => Assert.AreEqual(words, new WordFolder().Fold(text).ToString());

    [TestMethod]
    public void AnEndlessWordCountsUpToALimit()
    {
        var folder = new WordFolder();
        var words = folder.Fold(new string('á', 4_000) + " b " + string.Concat(Enumerable.Repeat("𝐚", 2_000))).ToString().Split(' ');
        Assert.AreEqual(new string('a', WordFolder.WordChars), words[0]);
        Assert.AreEqual("b", words[1]);
        Assert.AreEqual(string.Concat(Enumerable.Repeat("𝐚", WordFolder.WordChars / 2)), words[2]);
    }

    /// <summary>
    /// Of each character between two letters, <c>unicode61</c> and the daemon make the same words, but: the daemon has a newer Unicode,
    /// keeps the vowel signs of Indic and other scripts within a word, leaves the points of Hebrew and Arabic away, and takes the accents
    /// from the letters of all scripts. It never splits at what is a letter for the other.
    /// </summary>
    [TestMethod]
    public void TheyAreThoseOfSqlite()
    {
        var runes = Enumerable.Range(1, 0x2FFFF).Where(Rune.IsValid).Select(value => new Rune(value))
            .Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNotAssigned).ToList();
        var (folder, wrong) = (new WordFolder(), new List<string>());
        var expected = ByUnicode61(runes);
        foreach (var rune in runes)
        {
            var ours = folder.Fold($"a{rune}b").ToString();
            var theirs = expected.GetValueOrDefault(rune.Value, "a b");
            if (ours != theirs && !IsKnown(rune, ours, theirs)) wrong.Add($"U+{rune.Value:X4} {rune}: ours '{ours}', theirs '{theirs}'");
        }
        Assert.IsEmpty(wrong, string.Join('\n', wrong.Take(40)));
    }

    private static bool IsKnown(Rune rune, string ours, string theirs)
    {
        var plain = rune.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes().ToList();
        var category = Rune.GetUnicodeCategory(rune);
        var isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
        return (isMark && !ours.Contains(' ')) // a part of the word, or an accent
            || (plain.Count > 1 && !ours.Contains(' ')) // without its accents, or with its parts one by one
            || (theirs == "a b" && !ours.Contains(' ') && (Rune.IsLetter(rune) || Rune.IsNumber(rune))) // newer than Unicode 6.1
            || (Rune.IsLetter(rune) && !ours.Contains(' ') && !theirs.Contains(' ')) // its other case is newer
            || (rune.Value > LastOfEurope && !isMark && !Rune.IsLetterOrDigit(rune)); // unassigned once, and so no separator
    }

    /// <summary>What FTS5 makes of a text with each of the characters, by the vocabulary of a table.</summary>
    private static Dictionary<int, string> ByUnicode61(List<Rune> runes)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Sql.Execute(connection, "CREATE VIRTUAL TABLE f USING fts5(t, content='', tokenize='unicode61 remove_diacritics 2')");
        Sql.Execute(connection, "CREATE VIRTUAL TABLE v USING fts5vocab(f, instance)");
        Sql.Execute(connection, "BEGIN");
        using (var insert = new RawStatement(connection.Handle!, "INSERT INTO f(rowid, t) VALUES (?1, ?2)"))
            foreach (var rune in runes) insert.Bind(1, rune.Value).Bind(2, $"a{rune}b").Run();
        Sql.Execute(connection, "COMMIT");
        return Sql.Rows(
                connection, "SELECT doc, group_concat(term, ' ' ORDER BY \"offset\") FROM v GROUP BY doc",
                row => (Doc: (int)row.GetInt64(0), Words: row.GetString(1)))
            .ToDictionary(one => one.Doc, one => one.Words);
    }
}
