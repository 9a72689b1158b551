using System.Globalization;
using System.Text;
using Chat.Protocol;
using Fuzz.Mutation;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>Names: valid ones are visible and stay the same when read again, and every spelling of a name is equal to it.</summary>
internal sealed class NamesTarget : IFuzzTarget
{
    public string Name => "names";

    public IEnumerable<byte[]> Seeds =>
        new[]
        {
            "ana", "João-2.b_c", "admin", "ΑΣΣ", "ß", "Ωmega", "אבג", "中文", "ไทย\u0E33",
            "е\u0301ж", "a\u0301\u0323", "𐐀𐐨",
            new('é', 32),
        }
            .Select(Pieces.Utf8).Append(Pieces.LoneUnits("a\ud800"));

    public IReadOnlyList<string> Tokens { get; } =
        ["admin", "sistema", "system", "daemon", "todos", "all", "A", "z", "é", "-", ".", "_", "9"];

    public IReadOnlyList<MutationStep> Mutations { get; } = [.. TextMutations.All, .. TextMutations.All, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        var text = Pieces.TextOf(input);
        var isUser = UserName.TryParse(text, out var user);
        ThrowUnless(isUser == RoomName.TryParse(text, out var room), "Users and rooms have the same names");
        if (user is null || room is null) return;
        ThrowUnless(user.Text == room.Text && user.Key == room.Key, "Users and rooms have the same names");
        ThrowUnless(TextRules.ScalarsIn(user.Text) <= ProtocolLimits.NameScalars && user.Text.IsNormalized(),
            "A name is short, and in NFC");
        ThrowUnless(user.Text.EnumerateRunes().All(IsVisible), $"A name is visible: {Convert.ToHexString(Pieces.Utf8(user.Text))}");
        ThrowUnless(TextRules.Harmless(user.Text) == user.Text, "A name is harmless");
        AssertSame(user, user.Text, "as it is stored");
        AssertSame(user, text.Normalize(NormalizationForm.FormD), "with separate accents");
        AssertSameIfValid(user, user.Text.ToUpperInvariant(), "in upper case");
        AssertSameIfValid(user, user.Text.ToLowerInvariant(), "in lower case");
        AssertSameIfValid(user, user.Key, "as its key");
    }

    private static void AssertSame(UserName name, string spelling, string how)
    {
        ThrowUnless(UserName.TryParse(spelling, out _), $"A name is valid {how}: {name.Text}");
        AssertSameIfValid(name, spelling, how);
    }

    private static void AssertSameIfValid(UserName name, string spelling, string how)
    {
        if (!UserName.TryParse(spelling, out var again)) return;
        ThrowUnless(again.Equals(name) && again.GetHashCode() == name.GetHashCode() && again.IsReserved == name.IsReserved
            && again.LookKey == name.LookKey,
            $"A name is the same {how}: {Convert.ToHexString(Pieces.Utf8(name.Text))}");
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
