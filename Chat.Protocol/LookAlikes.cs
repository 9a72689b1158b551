using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Chat.Protocol;

/// <summary>
/// Which names look alike: those with the same key. Keys are stored, so they come from a table of our own and not from the system's ICU.
/// See docs/decisions/0018-names-that-look-alike.md.
/// </summary>
internal static class LookAlikes
{
    /// <summary>
    /// Beside Unicode's, because names are compared without regard to case: Cyrillic and Cherokee letters look like Latin small capitals,
    /// and a Cherokee letter in lower case like its capital. п counts as an n, although Unicode says π, and Lisu ꓲ as an i.
    /// </summary>
    private static readonly (string From, string To)[] Additions =
    [
        ("ᴀʙᴅᴇꜰɢʜᴊĸʟʍɴᴘꞯʀᴛ", "abdefghjklmnpqrt"),
        ("пƅ", "nb"),
        ("ꭹꮍꮒꮖꮞꮤꮥꮷꮾꭸ", "yyhi4wsd6ⱶ"),
        ("ꓲ", "i"),
    ];

    private static readonly Lazy<FrozenDictionary<int, string>> Table = new(ReadTable);

    /// <param name="key">As in <see cref="UserName.Key"/>.</param>
    public static string KeyOf(string key)
    {
        // What a letter is mapped to may have another case, or be mapped again.
        var text = key;
        while (Mapped(text) is var next && next != text) text = next;
        return text;
    }

    private static string Mapped(string text)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in NameRules.KeyOf(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Table.Value.TryGetValue(rune.Value, out var looksLike)) mapped.Append(looksLike);
            else mapped.Append(rune.ToString());
        }
        return mapped.ToString();
    }

    private static FrozenDictionary<int, string> ReadTable()
    {
        using var stream = typeof(LookAlikes).Assembly.GetManifestResourceStream("Confusables.txt")
            ?? throw new InvalidOperationException("The assembly has no Confusables.txt.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var table = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var (to, from) = line.Split(" < ") is [var left, var right] ? (TextOf(left), right) : throw new InvalidDataException(line);
            foreach (var rune in TextOf(from).EnumerateRunes()) table.Add(rune.Value, to);
        }
        foreach (var (from, to) in Additions)
            foreach (var (one, other) in from.EnumerateRunes().Zip(to.EnumerateRunes())) table[one.Value] = other.ToString();
        return table.ToFrozenDictionary();
    }

    /// <summary>The text of scalar values in hexadecimal.</summary>
    private static string TextOf(string scalars) => string.Concat(
        scalars.Split(' ').Select(hex => char.ConvertFromUtf32(int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
}
