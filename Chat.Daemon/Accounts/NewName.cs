using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>Which names a new guest or a new account may have, as far as that depends on the name alone.</summary>
internal static class NewName
{
    /// <returns>The refusal's code; null if the name is valid. <c>admin</c> is: its account exists from the start.</returns>
    public static string? RefusalOf(UserName name)
    {
        if (name.Key == FirstAdmin.NameKey) return null;
        if (name.IsReserved || !name.IsValidForNew || ErasedName.IsLike(name)) return RefusalCode.BadName;
        return name.LooksReserved ? RefusalCode.NameTaken : null;
    }
}
