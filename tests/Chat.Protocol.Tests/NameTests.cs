using System.Text;

namespace Chat.Protocol.Tests;

[TestClass]
public sealed class NameTests
{
    [TestMethod]
    [DataRow("ana")]
    [DataRow("a")]
    [DataRow("7")]
    [DataRow("João-da_Silva.2")]
    [DataRow("Ωμέγα")]
    [DataRow("Юлия")]
    [DataRow("日本語")]
    [DataRow("עברית")]
    [DataRow("हिन्दी")]
    [DataRow("٣عرب")]
    [DataRow("ana日本")]
    [DataRow("𐐀𐐨")]
    [DataRow("a...___---")]
    [DataRow("a\u0301\u0302\u0303")]
    public void AreValid(string name)
    {
        Assert.IsTrue(UserName.TryParse(name, out var user));
        Assert.AreEqual(name.Normalize(NormalizationForm.FormC), user.Text);
        Assert.AreEqual(user.Text, user.ToString());
        Assert.IsTrue(RoomName.TryParse(name, out var room));
        Assert.AreEqual(user.Text, room.Text);
        Assert.AreEqual(user.Key, room.Key);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow("ana bia")]
    [DataRow("ana\n")]
    [DataRow("ana\u0000")]
    [DataRow("-ana", DisplayName = "begins with a hyphen")]
    [DataRow("_ana", DisplayName = "begins with an underscore")]
    [DataRow(".ana", DisplayName = "begins with a dot")]
    [DataRow("\u0301ana", DisplayName = "begins with a mark")]
    [DataRow("ana/bia")]
    [DataRow("ana@bia")]
    [DataRow("#geral")]
    [DataRow("ana😀", DisplayName = "an emoji")]
    [DataRow("ana\u2014", DisplayName = "a dash that is no hyphen")]
    [DataRow("Ⅷ", DisplayName = "a number that is no digit")]
    [DataRow("a²", DisplayName = "a superscript")]
    [DataRow("a\u00A0b", DisplayName = "a no-break space")]
    public void AreInvalid(string? name) => Refuses(name);

    [TestMethod]
    public void ContainOnlyLettersDigitsAndMarks()
    {
        foreach (var name in new[] { "\uD800", "a\uDC00", "\uD83D\uD83D\uDE00", "\uDE00\uD83D", "\uFFFE", "a\uFFFE", "a\uFFFF", "a\uFDD0",
            "a\U0001FFFE", "\uE000", "\u0378" })
            Refuses(name);
    }

    [TestMethod]
    [DataRow(0x200B, DisplayName = "zero-width space")]
    [DataRow(0x200D, DisplayName = "zero-width joiner")]
    [DataRow(0x00AD, DisplayName = "soft hyphen")]
    [DataRow(0x034F, DisplayName = "combining grapheme joiner")]
    [DataRow(0x115F, DisplayName = "Hangul choseong filler")]
    [DataRow(0x1160, DisplayName = "Hangul jungseong filler")]
    [DataRow(0x3164, DisplayName = "Hangul filler")]
    [DataRow(0xFFA0, DisplayName = "halfwidth Hangul filler")]
    [DataRow(0x17B4, DisplayName = "Khmer inherent vowel")]
    [DataRow(0x180B, DisplayName = "Mongolian variation selector")]
    [DataRow(0xFE0F, DisplayName = "variation selector")]
    [DataRow(0xE0100, DisplayName = "variation selector, supplementary")]
    [DataRow(0xE0041, DisplayName = "tag")]
    [DataRow(0x2060, DisplayName = "word joiner")]
    [DataRow(0xFEFF, DisplayName = "byte order mark")]
    [DataRow(0x202E, DisplayName = "right-to-left override")]
    public void ContainNoInvisibleCharacters(int scalar)
    {
        var invisible = char.ConvertFromUtf32(scalar);
        Refuses("an" + invisible + "a");
        Refuses(invisible);
        Refuses(invisible + "ana");
    }

    [TestMethod]
    [DataRow("аnа", DisplayName = "Cyrillic а in Latin")]
    [DataRow("αna", DisplayName = "Greek alpha in Latin")]
    [DataRow("Οля", DisplayName = "Greek omicron in Cyrillic")]
    [DataRow("anaꙗ", DisplayName = "Cyrillic, extended")]
    [DataRow("anaἀ", DisplayName = "Greek, extended")]
    [DataRow("яṩ", DisplayName = "Latin, additional")]
    [DataRow("яＡ", DisplayName = "Latin, fullwidth")]
    [DataRow("яꭦ", DisplayName = "Latin, extended E")]
    [DataRow("аa", DisplayName = "the shortest")]
    public void DoNotMixLookalikeScripts(string name) => Refuses(name);

    [TestMethod]
    public void HaveAtMost32ScalarValues()
    {
        foreach (var one in new[] { "a", "é", "日", "𐐀", "a\u0301", "\u1E69", "\u1F82" })
        {
            Assert.IsTrue(RoomName.TryParse(string.Concat(Enumerable.Repeat(one, 32)), out var name), one);
            Assert.AreEqual(32, name.Text.EnumerateRunes().Count());
            Assert.IsTrue(RoomName.TryParse(string.Concat(Enumerable.Repeat(one.Normalize(NormalizationForm.FormD), 32)), out _),
                $"{one} in parts");
            Refuses(string.Concat(Enumerable.Repeat(one, 33)));
        }
        Refuses("a" + new string('\u0316', 32)); // marks that compose with nothing count each
        Refuses(new string('a', 1_000_000));
    }

    [TestMethod]
    [DataRow("ana", "ANA")]
    [DataRow("João", "JOÃO")]
    [DataRow("Jo\u00E3o", "Joa\u0303o", DisplayName = "composed and decomposed")]
    [DataRow("JOA\u0303O", "jo\u00E3o", DisplayName = "composed and decomposed, and case")]
    [DataRow("ṩ", "s\u0307\u0323", DisplayName = "marks in another order")]
    [DataRow("ΣΊΣΥΦΟΣ", "σίσυφος", DisplayName = "sigma, final")]
    [DataRow("σίσυφοσ", "σίσυφος", DisplayName = "sigma, not final")]
    [DataRow("Юлия", "юЛИЯ")]
    [DataRow("𐐀", "𐐨", DisplayName = "beyond the first plane")]
    [DataRow("ǅ", "ǆ", DisplayName = "title case")]
    [DataRow("ſ", "s", DisplayName = "long s")]
    [DataRow("\u212A", "k", DisplayName = "the sign for kelvin")]
    [DataRow("\u212B", "å", DisplayName = "the sign for angstrom")]
    [DataRow("ẞ", "ß")]
    [DataRow("ﬁ", "Ｆ", false, DisplayName = "a ligature and another letter")]
    [DataRow("ı", "I", false, DisplayName = "dotless i is a letter of its own")]
    [DataRow("ı", "i", false, DisplayName = "dotless i, small")]
    [DataRow("İ", "i", false, DisplayName = "dotted I is a letter of its own")]
    [DataRow("joao", "joão", false, DisplayName = "an accent matters")]
    [DataRow("a-b", "a_b", false)]
    public void AreEqualIfOnlyCaseOrCompositionDiffers(string one, string other, bool same = true)
    {
        Assert.IsTrue(UserName.TryParse(one, out var user) & UserName.TryParse(other, out var otherUser));
        Assert.AreEqual(same, user!.Equals(otherUser));
        Assert.AreEqual(same, user.Equals((object?)otherUser));
        Assert.AreEqual(same, user.Key == otherUser!.Key);
        if (same) Assert.AreEqual(user.GetHashCode(), otherUser.GetHashCode());
        Assert.IsTrue(RoomName.TryParse(one, out var room) & RoomName.TryParse(other, out var otherRoom));
        Assert.AreEqual(same, room!.Equals(otherRoom));
        Assert.AreEqual(same, room.GetHashCode() == otherRoom!.GetHashCode());
        Assert.IsFalse(room.Equals(user), "a room is no user");
    }

    [TestMethod]
    public void HaveAKeyThatIsItsOwnKey()
    {
        foreach (var rune in Enumerable.Range(1, 0x2FFFF).Where(Rune.IsValid).Select(c => new Rune(c)))
        {
            if (!UserName.TryParse($"{rune}", out var name)) continue;
            Assert.IsTrue(UserName.TryParse(name.Key, out var again), $"U+{rune.Value:X4}: the key is no name");
            Assert.AreEqual(name.Key, again.Key, $"U+{rune.Value:X4}");
        }
    }

    [TestMethod]
    [DataRow("admin")]
    [DataRow("ADMIN")]
    [DataRow("Sistema")]
    [DataRow("system")]
    [DataRow("daemon")]
    [DataRow("todos")]
    [DataRow("all")]
    [DataRow("ſiſtema", DisplayName = "with long s")]
    public void MayBeReserved(string name)
    {
        Assert.IsTrue(UserName.TryParse(name, out var user));
        Assert.IsTrue(user.IsReserved);
        Assert.IsTrue(RoomName.TryParse(name, out _), "for users only");
    }

    [TestMethod]
    public void AreUsuallyNotReserved()
    {
        foreach (var name in new[] { "ana", "admin1", "administrador", "sistemas", "al" })
            Assert.IsTrue(UserName.TryParse(name, out var user) && !user.IsReserved, name);
    }

    private static void Refuses(string? name)
    {
        Assert.IsFalse(UserName.TryParse(name, out var user));
        Assert.IsNull(user);
        Assert.IsFalse(RoomName.TryParse(name, out var room));
        Assert.IsNull(room);
    }
}
