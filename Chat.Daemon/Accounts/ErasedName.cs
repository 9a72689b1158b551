using System.Globalization;
using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>
/// The name that replaces an erased account's, such as <c>deleted-17</c>. It is unique, so others still see who answered whom, and nobody
/// can take it.
/// </summary>
internal static class ErasedName
{
    private const string Prefix = "deleted-";

    private static readonly string PrefixLookKey = UserName.TryParse(Prefix, out var name)
        ? name.LookKey : throw new InvalidOperationException($"{Prefix} is not the beginning of a name.");

    public static string Of(long account) => Prefix + account.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a name might pass for one.</summary>
    public static bool IsLike(UserName name) => name.LookKey.StartsWith(PrefixLookKey, StringComparison.Ordinal);
}
