/* A resolver that goes through a chain of functions and a pointer.
 * expect: elf-ifunc-reaches-far
 * flags: -O1 -shared -fPIC
 */
typedef int (*fn)(int);
static int plain(int a){return a+1;} static int fast(int a){return 1+a;}
fn volatile hook;
static __attribute__((noinline)) int d(int a){ return hook ? hook(a) + 1 : a; }
static __attribute__((noinline)) int c(int a){ volatile int x=a; return d(x)+1; }
static __attribute__((noinline)) int b(int a){ volatile int x=a; return c(x)+1; }
static fn choose(void){ return b(3) ? fast : plain; }
int work(int) __attribute__((ifunc("choose")));
