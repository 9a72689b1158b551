using System.Diagnostics.CodeAnalysis;

namespace Chat.Plugins.Moderation;

/// <summary>How long a ban stands: a duration, or <c>sempre</c>, <c>forever</c>.</summary>
/// <param name="Length">Null: until it is taken back.</param>
internal readonly record struct BanTime(TimeSpan? Length) : IParsable<BanTime>
{
    public static BanTime Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var time) ? time : throw new FormatException($"\"{s}\" is no duration.");

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
