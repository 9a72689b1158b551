// Most of a test is waiting for the daemon: two processors are idle half of the time with as many workers.
[assembly: Parallelize(Workers = 4, Scope = ExecutionScope.MethodLevel)]
