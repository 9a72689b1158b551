using System.Globalization;

namespace Chat.Plugins.Administration;

/// <summary>Moments in the data of answers.</summary>
internal static class JsonTimes
{
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
