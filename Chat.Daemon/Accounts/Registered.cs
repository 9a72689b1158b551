namespace Chat.Daemon.Accounts;

/// <summary>Whether a new account was created.</summary>
internal enum Registered
{
    Done,
    NameTaken,
    NotInvited,
}
