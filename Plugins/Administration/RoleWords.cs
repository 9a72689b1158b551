namespace Chat.Plugins.Administration;

/// <summary>The roles that an account can have, in both languages.</summary>
internal static class RoleWords
{
    public static readonly IReadOnlyList<LocalName> Choices = [new("membro", "pt-BR"), new("moderador", "pt-BR"), new("admin"), new("member", "en"), new("moderator", "en")];

    /// <param name="word">One of <see cref="Choices"/>.</param>
    public static Role Parse(string word) => word switch
    {
        "membro" or "member" => Role.Member,
        "moderador" or "moderator" => Role.Moderator,
        "admin" => Role.Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "No account has such a role."),
    };

    public static string In(string language, Role role) => (language, role) switch
    {
        ("en", _) => role.ToString().ToLowerInvariant(),
        (_, Role.Guest) => "convidado",
        (_, Role.Member) => "membro",
        (_, Role.Moderator) => "moderador",
        _ => "admin",
    };
}
