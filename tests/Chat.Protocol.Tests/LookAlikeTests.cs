using System.Text;

namespace Chat.Protocol.Tests;

/// <summary>Names that look alike have one key.</summary>
[TestClass]
public sealed class LookAlikeTests
{
    [TestMethod]
    [DataRow("admin", "ａｄｍｉｎ", DisplayName = "fullwidth")]
    [DataRow("admin", "𝐚𝐝𝐦𝐢𝐧", DisplayName = "mathematical")]
    [DataRow("admin", "admın", DisplayName = "dotless i")]
    [DataRow("admin", "аԁміп", DisplayName = "Cyrillic")]
    [DataRow("admin", "ꓮDMIN", DisplayName = "Lisu and Latin")]
    [DataRow("admin", "ꓮꓓꓟꓲꓠ", DisplayName = "Lisu")]
    [DataRow("admin", "ᴀᴅᴍɪɴ", DisplayName = "small capitals")]
    [DataRow("admin", "ꭺDMꭵN", DisplayName = "Cherokee, small")]
    [DataRow("admin", "ᎪDMᎥN", DisplayName = "Cherokee")]
    [DataRow("admin", "adrnin", DisplayName = "two letters like one")]
    [DataRow("admin", "ɑdmin")]
    [DataRow("system", "ѕуѕтем", DisplayName = "Cyrillic system")]
    [DataRow("SYSTEM", "ЅУЅТЕМ", DisplayName = "Cyrillic system, upper case")]
    [DataRow("system", "ꮪᎽꮪꭲꭼᎷ", DisplayName = "Cherokee system")]
    [DataRow("all", "a11", DisplayName = "digits")]
    [DataRow("todos", "t0dos")]
    [DataRow("todos", "тоdоѕ", false, DisplayName = "mixed, so no name at all")]
    [DataRow("Hector", "Неcтоr", false, DisplayName = "mixed")]
    [DataRow("TOK", "ТОК", DisplayName = "Cyrillic capitals")]
    [DataRow("kvb", "кѵь")]
    [DataRow("ČEK", "ĔEK", false)]
    [DataRow("ček", "c\u0306ek", DisplayName = "marks that look alike")]
    [DataRow("ãb", "a\u0342b", DisplayName = "another tilde")]
    [DataRow("ṩ", "s\u0307\u0323", DisplayName = "marks in another order")]
    [DataRow("jo\u00E3o", "joa\u0303o", DisplayName = "composed and decomposed")]
    [DataRow("σίσυφος", "ΣΊΣΥΦΟΣ", DisplayName = "case")]
    [DataRow("ana", "an", false)]
    [DataRow("joao", "joão", false, DisplayName = "an accent shows")]
    [DataRow("ali", "all", false, DisplayName = "i and l are too common to be one")]
    [DataRow("caca", "caça", false)]
    [DataRow("a-b", "a_b", false)]
    [DataRow("日本", "日木", false)]
    public void HaveTheSameKey(string one, string other, bool same = true)
    {
        if (!UserName.TryParse(other, out var otherUser)) Assert.IsFalse(same);
        else Assert.AreEqual(same, User(one).LookKey == otherUser.LookKey);
        if (RoomName.TryParse(other, out var room)) Assert.AreEqual(otherUser!.LookKey, room.LookKey);
    }

    [TestMethod]
    [DataRow("ａｄｍｉｎ")]
    [DataRow("𝐚𝐝𝐦𝐢𝐧")]
    [DataRow("admın")]
    [DataRow("аԁміп")]
    [DataRow("ꓮDMIN")]
    [DataRow("ѕуѕтем")]
    [DataRow("sıstema")]
    [DataRow("daemοn", false, DisplayName = "mixed, so no name at all")]
    [DataRow("t0dos")]
    [DataRow("aӏӏ", false, DisplayName = "mixed")]
    [DataRow("аӏӏ")]
    [DataRow("ana", false)]
    [DataRow("ali", false)]
    [DataRow("administrador", false)]
    public void OfReservedNamesAreFound(string name, bool reserved = true)
    {
        Assert.AreEqual(reserved, UserName.TryParse(name, out var user) && user.LooksReserved);
        Assert.AreEqual(reserved, RoomName.TryParse(name, out var room) && room.LooksReserved);
        Assert.IsFalse(user?.IsReserved ?? false);
    }

    [TestMethod]
    public void ReservedNamesLookReserved()
    {
        foreach (var name in (string[])["admin", "Sistema", "system", "daemon", "todos", "ALL"])
            Assert.IsTrue(User(name).LooksReserved, name);
    }

    [TestMethod]
    [DataRow("ａna", false)]
    [DataRow("𝐚na", false)]
    [DataRow("mª", false)]
    [DataRow("ﬁ", false)]
    [DataRow("ſ", false, DisplayName = "long s")]
    [DataRow("ℓ", false)]
    [DataRow("น\u0E33", DisplayName = "Thai am")]
    [DataRow("ນ\u0EB3", DisplayName = "Lao am")]
    [DataRow("น\u0E33ａ", false, DisplayName = "Thai am and another")]
    [DataRow("ana")]
    [DataRow("joão")]
    [DataRow("joa\u0303o", DisplayName = "decomposed")]
    [DataRow("ẛ\u0323", false, DisplayName = "long s with two dots")]
    [DataRow("أحمد")]
    [DataRow("हिन्दी")]
    [DataRow("한국")]
    [DataRow("ꓮDMIN", DisplayName = "a look-alike in its plainest form")]
    public void SomeNamesAreOnlyValidIfTheyExist(string name, bool isValidForNew = true)
    {
        Assert.AreEqual(isValidForNew, User(name).IsValidForNew);
        Assert.AreEqual(isValidForNew, RoomName.TryParse(name, out var room) && room.IsValidForNew);
    }

    [TestMethod]
    public void EveryKeyIsItsOwnKeyAndKeepsToCase()
    {
        foreach (var rune in Enumerable.Range(1, 0x2FFFF).Where(Rune.IsValid).Select(c => new Rune(c)))
        {
            if (!UserName.TryParse($"{rune}", out var name) && !UserName.TryParse($"中{rune}", out name)) continue;
            if (UserName.TryParse(name.LookKey, out var again)) Assert.AreEqual(name.LookKey, again.LookKey, $"U+{rune.Value:X4}");
            foreach (var other in new[] { name.Text.ToUpperInvariant(), name.Text.ToLowerInvariant(), name.Key })
                if (UserName.TryParse(other, out var cased) && cased.Equals(name)) Assert.AreEqual(name.LookKey, cased.LookKey, other);
        }
    }

    private static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name);
}
