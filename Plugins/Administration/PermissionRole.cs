namespace Chat.Plugins.Administration;

/// <summary>The roles that a permission can be given to, also that of those without an account.</summary>
internal enum PermissionRole
{
    [Alias("convidado", "pt-BR"), Alias("guest", "en")]
    Guest = Role.Guest,

    [Alias("membro", "pt-BR"), Alias("member", "en")]
    Member = Role.Member,

    [Alias("moderador", "pt-BR"), Alias("moderator", "en")]
    Moderator = Role.Moderator,

    [Alias("admin")]
    Admin = Role.Admin,
}
