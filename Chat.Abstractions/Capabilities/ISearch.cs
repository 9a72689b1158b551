namespace Chat;

/// <summary>Finds messages that the caller may read.</summary>
public interface ISearch
{
    /// <summary>
    /// The newest messages that have all the words, in any order, without regard to case and accents: in the rooms that the caller's
    /// connection is in and in the caller's direct conversations. The caller needs the permission <c>message.search</c>, and pays for the
    /// time that the search takes.
    /// </summary>
    /// <exception cref="RefusalException">
    /// It is refused, with the code that the caller would get: <c>bad_arguments</c> (no words, or more than 10; a wrong
    /// <see cref="MessageQuery.Before"/>), <c>forbidden</c>, <c>not_in_room</c>, <c>timeout</c>, <c>unavailable</c> and others.
    /// </exception>
    Task<FoundMessages> FindAsync(MessageQuery query, CancellationToken cancellation);
}
