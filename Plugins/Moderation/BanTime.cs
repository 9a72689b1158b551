using System.Diagnostics.CodeAnalysis;

namespace Chat.Plugins.Moderation;

/// <summary>The length of a ban: a duration, or <c>sempre</c>, <c>forever</c>.</summary>
/// <param name="Length">Null for a ban without end.</param>
internal readonly record struct BanTime(TimeSpan? Length) : IParsable<BanTime>
{
    public static BanTime Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var time) ? time : throw new FormatException($"\"{s}\" is not a duration.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BanTime result)
    {
        result = default;
        if (s is null) return false;
        if (NameFold.Of(s) is "sempre" or "forever") return true;
        if (!DurationText.TryParse(s, out var length) || length == TimeSpan.Zero) return false;
        result = new(length);
        return true;
    }
}
