namespace Chat.Plugins.Administration;

/// <summary>The roles that an account can have.</summary>
internal enum AccountRole
{
    [Alias("membro", "pt-BR"), Alias("member", "en")]
    Member = Role.Member,

    [Alias("moderador", "pt-BR"), Alias("moderator", "en")]
    Moderator = Role.Moderator,

    [Alias("admin")]
    Admin = Role.Admin,
}
